import { FileRefused } from '../feed/finding.ts'

/** A record of an AAF file, cut out but not parsed; or one that cannot be, and why. */
export type Frame =
  | {
      readonly kind: 'record'
      readonly action: 'add' | 'modify' | 'delete'
      readonly line: number
      readonly text: string
    }
  | { readonly kind: 'broken'; readonly line: number; readonly text: string; readonly reason: string }
  | { readonly kind: 'unclosed'; readonly line: number }

/** Characters one record may hold: a teacher of a hundred groups takes 20,000. */
export const longestRecord = 512 * 1024
/** Characters of anything else that has to be read as a whole. */
const longestOther = 64 * 1024

const opening = /<!--|<!DOCTYPE|<(add|modify|delete)Request[\s>]|<ficAlimMENESR(?:\s*\/>|[\s>])|<\/ficAlimMENESR\s*>/g
const closing = /<\/(?:add|modify|delete)Request\s*>/g
const nested = /<(?:add|modify|delete)Request[\s>]/g

/**
 * Cuts the text of an AAF file into records, holding one record in memory at most. Cutting before parsing lets a
 * record that is not well formed, or never ends, be refused alone: reading goes on with the next one.
 * Throws FileRefused on a DTD of its own (entities), and on a file that is not AAF: both before its first record.
 */
export class Framer {
  #text = ''
  #line = 1
  #skipping: 'comment' | 'record' | undefined
  #begun = false
  #ended = false
  /** True once nothing more is read. */
  #over = false

  #consume(characters: number): string {
    const text = this.#text.slice(0, characters)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++
    this.#text = this.#text.slice(characters)
    return text
  }

  *push(chunk: string): Generator<Frame> {
    this.#text += chunk
    yield* this.#frames(false)
  }

  *end(): Generator<Frame> {
    yield* this.#frames(true)
    if (!this.#begun) throw new FileRefused('it is not an AAF file: no ficAlimMENESR in it')
    if (!this.#ended) yield { kind: 'unclosed', line: this.#line }
  }

  /** Where `pattern` is first found from `from`, or undefined. */
  #find(pattern: RegExp, from: number): RegExpExecArray | undefined {
    pattern.lastIndex = from
    return pattern.exec(this.#text) ?? undefined
  }

  *#frames(last: boolean): Generator<Frame> {
    for (;;) {
      if (this.#skipping) {
        const end = this.#find(this.#skipping === 'comment' ? /-->/g : closing, 0)
        const next = this.#skipping === 'record' ? this.#find(nested, 0) : undefined
        if (next && (!end || next.index < end.index)) {
          this.#consume(next.index)
          this.#skipping = undefined
          continue
        }
        if (!end) {
          this.#consume(Math.max(0, this.#text.length - 40))
          return
        }
        this.#consume(end.index + end[0].length)
        this.#skipping = undefined
      }
      const start = this.#find(opening, 0)
      if (!start || this.#over) {
        // A tag may be cut in two by the end of the chunk.
        this.#consume(Math.max(0, this.#text.length - (last ? 0 : 40)))
        return
      }
      this.#consume(start.index)
      const frame = this.#next(start, last)
      if (frame === 'more') return
      if (frame) yield frame
    }
  }

  #next(start: RegExpExecArray, last: boolean): Frame | 'more' | undefined {
    const token = start[0]
    if (token === '<!--') return this.#comment(last)
    if (this.#ended || (this.#begun && token === '<!DOCTYPE')) return this.#stray(token.length)
    if (token === '<!DOCTYPE') return this.#doctype(last)
    const action = start[1] as 'add' | 'modify' | 'delete' | undefined
    if (action) {
      if (!this.#begun) throw new FileRefused('it is not an AAF file: its records are not within ficAlimMENESR')
      return this.#record(action, token.length, last)
    }
    this.#consume(token.length)
    if (!token.startsWith('</')) this.#begun = true
    if (token.includes('/')) this.#ended = true
    return undefined
  }

  /** A prolog, DTD or end tag in the middle of the records, as in files that were concatenated. */
  #stray(characters: number): Frame {
    const line = this.#line
    const reason = this.#ended
      ? 'the file goes on after ficAlimMENESR is closed: what follows is not read'
      : 'a DTD has no place among the records: it is not read'
    this.#over = this.#ended
    return { kind: 'broken', line, text: this.#consume(characters), reason }
  }

  #comment(last: boolean): 'more' | undefined {
    const end = this.#find(/-->/g, 4)
    if (end) {
      this.#consume(end.index + 3)
      return undefined
    }
    if (this.#text.length < longestOther && !last) return 'more'
    this.#skipping = 'comment'
    return undefined
  }

  #doctype(last: boolean): 'more' | undefined {
    const end = this.#find(/[[>]/g, 0)
    if (!end && this.#text.length < longestOther && !last) return 'more'
    // The name of the ministry's DTD is usual and never fetched; a DTD within the file can only define entities.
    if (end?.[0] !== '>') throw new FileRefused('it brings a DTD of its own (entities): the whole file is refused')
    this.#consume(end.index + 1)
    return undefined
  }

  #record(action: 'add' | 'modify' | 'delete', head: number, last: boolean): Frame | 'more' | undefined {
    const line = this.#line
    const end = this.#find(closing, head)
    const inner = this.#find(nested, head)
    if (inner && (!end || inner.index < end.index))
      return { kind: 'broken', line, text: this.#consume(inner.index), reason: 'the record is not closed' }
    if (end && end.index + end[0].length <= longestRecord)
      return { kind: 'record', action, line, text: this.#consume(end.index + end[0].length) }
    if (last)
      return { kind: 'broken', line, text: this.#consume(this.#text.length), reason: 'the file ends within the record' }
    if (this.#text.length <= longestRecord) return 'more'
    this.#skipping = 'record'
    const text = this.#text.slice(0, longestOther)
    // Its own opening tag is not that of a next record.
    this.#consume(head)
    return { kind: 'broken', line, text, reason: `the record is longer than ${longestRecord} characters` }
  }
}
