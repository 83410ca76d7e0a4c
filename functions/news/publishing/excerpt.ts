/** How much of a text a list shows, in characters. */
const most = 220

/** How much of a text is looked at: patterns that seek a closing sign take long over a text made to have none. */
const looked = 2_000

/**
 * The beginning of a Markdown text without its formatting, cut at a word. Lists show it as plain text, so that what
 * is not recognized here is merely a stray sign.
 */
export const excerpt = (body: string): string => {
  const plain = body
    .slice(0, looked)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:\/\/[^>\s]+)>/g, '$1')
    .replace(/^\s{0,3}(#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replace(/(?<!\\)(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=[^\s\\])\1/g, '$2')
    .replace(/\\([\\`*_{}[\]()#+.!~>-])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.length <= most) return plain
  const cut = plain.slice(0, most)
  const end = cut.lastIndexOf(' ')
  return `${(end > most / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:.!?…]+$/, '')}…`
}
