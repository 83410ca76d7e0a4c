/**
 * A text as people type it, with the spaces that must not break: before French double punctuation, inside « », and
 * between a number and its hour, and before what parts two details, so that no line begins with a colon or a dot. For display only: what was typed stays.
 * Without lookbehind, which Safari 15 does not parse.
 */
export const spaced = (text: string): string =>
  text
    .replace(/ ([:;?!»€%])(?![^\s,.)])/g, '\u00a0$1')
    .replace(/(^|[\s(])« /g, '$1«\u00a0')
    .replace(/ · /g, '\u00a0· ')
    .replace(/(\d) h\b/g, '$1\u00a0h')
    .replace(/(\d\u00a0h) (\d\d)\b/g, '$1\u00a0$2')
