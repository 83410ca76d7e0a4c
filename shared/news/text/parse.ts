import type { Block } from './blocks.ts'
import { inlines } from './inlines.ts'
import { headingOf, interrupts, isRule, type Line, lineOf, markerOf, quotedIn } from './line.ts'
import { TooMuch, textLimits, Work } from './work.ts'

/** Reads the lines of a text, or of a quote or an item within one. Throws TooMuch. */
class BlockReader {
  readonly #lines: readonly string[]
  readonly #level: number
  readonly #work: Work
  readonly #blocks: Block[] = []
  #at = 0

  constructor(lines: readonly string[], level: number, work: Work) {
    this.#lines = lines
    this.#level = level
    this.#work = work
  }

  read(): Block[] {
    if (this.#level > textLimits.levels) throw new TooMuch()
    for (const line of this.#lines) this.#work.steps += line.length + 1
    while (this.#at < this.#lines.length) {
      const line = this.#line(this.#at)
      if (line.text === '') this.#at++
      else this.#blocks.push(this.#work.part(this.#block(line)))
    }
    return this.#blocks
  }

  #line(at: number): Line {
    return lineOf(this.#lines[at] ?? '')
  }

  #within(lines: readonly string[]): Block[] {
    return new BlockReader(lines, this.#level + 1, this.#work).read()
  }

  #block(line: Line): Block {
    if (isRule(line.text)) {
      this.#at++
      return { type: 'rule' }
    }
    const heading = headingOf(line.text)
    if (heading) {
      this.#at++
      const depth = Math.min(heading.depth, 3) as 1 | 2 | 3
      return { type: 'heading', depth, children: inlines(heading.words, this.#work) }
    }
    if (quotedIn(line.text) !== undefined) return { type: 'quote', children: this.#within(this.#quoted()) }
    return markerOf(line) ? this.#list(line) : this.#paragraph(line)
  }

  #paragraph(first: Line): Block {
    const lines = [first.text.trimEnd()]
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line(this.#at)
      if (line.text === '' || interrupts(line)) break
      lines.push(line.text.trimEnd())
    }
    return { type: 'paragraph', children: inlines(lines.join('\n'), this.#work) }
  }

  /** True if a line goes on with the paragraph that the line before it, `last`, ends (CommonMark 0.31, 5.1: laziness). */
  #goesOn(last: string, line: Line): boolean {
    if (line.text === '' || interrupts(line) || markerOf(line)) return false
    let rest = lineOf(last)
    for (let level = 0; level < textLimits.levels; level++) {
      const inner = quotedIn(rest.text) ?? markerOf(rest)?.rest
      if (inner === undefined) break
      rest = lineOf(inner)
    }
    this.#work.steps += last.length
    return rest.text !== '' && !isRule(rest.text) && !headingOf(rest.text)
  }

  #quoted(): string[] {
    const lines: string[] = []
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line(this.#at)
      const quoted = quotedIn(line.text)
      if (quoted === undefined && !this.#goesOn(lines[lines.length - 1] ?? '', line)) break
      lines.push(quoted ?? line.text)
    }
    return lines
  }

  #list(first: Line): Block {
    const { sign, number } = markerOf(first) ?? {}
    const items: Block[][] = []
    for (
      let line = first;
      markerOf(line)?.sign === sign && this.#at < this.#lines.length;
      line = this.#line(this.#at)
    ) {
      items.push(this.#work.part(this.#within(this.#item(line))))
      while (this.#at < this.#lines.length && this.#line(this.#at).text === '') this.#at++
    }
    return { type: 'list', ...(number !== undefined && { start: number }), items }
  }

  /** The lines of an item: what stands as far from the left as its first words do, and what goes on with them. */
  #item(first: Line): string[] {
    const { content, rest } = markerOf(first) ?? { content: 0, rest: '' }
    const lines = [rest]
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const text = this.#lines[this.#at] ?? ''
      const line = lineOf(text)
      const isInside = line.text === '' || line.indent >= content
      if (!isInside && !this.#goesOn(lines[lines.length - 1] ?? '', line)) break
      // An item that begins with an empty line holds nothing after it.
      if (line.text === '' && lines.length === 1 && rest === '') break
      lines.push(isInside ? text.slice(content) : line.text)
    }
    return lines
  }
}

/** A text and what it took to parse it. `isPlain`: it holds more than every device opens, and is one plain block. */
export type Parsed = { readonly blocks: readonly Block[]; readonly isPlain: boolean; readonly steps: number }

/**
 * Parses the Markdown of a news item: paragraphs, headings, lists, quotes, rules, emphasis and links, as CommonMark 0.31
 * has them but for what docs/decisions/0040 says. Never throws, whatever the text, and in a time that grows with its
 * length: a text beyond {@link textLimits} is one block, as it was typed.
 */
export const parsed = (markdown: string): Parsed => {
  const work = new Work()
  const text = markdown.replace(/\r\n?/g, '\n').replace(/\t/g, '    ')
  try {
    return { blocks: new BlockReader(text.split('\n'), 0, work).read(), isPlain: false, steps: work.steps }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return { blocks: [{ type: 'plain', text: markdown }], isPlain: true, steps: work.steps }
  }
}

/** The blocks of a text: what its readers see. */
export const parse = (markdown: string): readonly Block[] => parsed(markdown).blocks
