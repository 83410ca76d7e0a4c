import { cut } from '../../../../shared/kernel/text.ts'
/** A record of a CSV file, or one that cannot be read, and why. `line`: where it begins. */
export type CsvRecord =
  | {
      readonly kind: 'record'
      readonly line: number
      readonly fields: readonly string[]
      /** A quote stands within a field that is not quoted, and is taken as it is. */
      readonly stray: boolean
    }
  | { readonly kind: 'broken'; readonly line: number; readonly text: string; readonly reason: string }

/** Characters one record may hold. */
export const longestRecord = 512 * 1024
/** Of a record that cannot be read, enough to tell which it is. */
const shown = 200

type Field = { readonly value: string; readonly next: number; readonly stray: boolean }

const lineEnds = /[\r\n]/g
const fieldEnds = /[,\r\n]/g

/** Where `pattern` is first found from `from`. */
const found = (pattern: RegExp, text: string, from: number): number | undefined => {
  pattern.lastIndex = from
  return pattern.exec(text)?.index
}

/**
 * Cuts the text of a CSV file (RFC 4180, any line ends) into records, holding one record in memory at most. A record
 * that is too long, or whose quotes do not match, is given as broken, and reading goes on with the line after the one
 * where it began: an open quote does not swallow the rest of the file.
 */
export class CsvReader {
  #text = ''
  #at = 0
  #line = 1
  #skipping = false

  /** Moves on to `end`. */
  #take(end: number) {
    for (let at = this.#at; at < end; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === 10 || (code === 13 && this.#text.charCodeAt(at + 1) !== 10)) this.#line++
    }
    this.#at = end
  }

  *push(chunk: string): Generator<CsvRecord> {
    this.#text = this.#text.slice(this.#at) + chunk
    this.#at = 0
    yield* this.#records(false)
  }

  *end(): Generator<CsvRecord> {
    yield* this.#records(true)
  }

  *#records(last: boolean): Generator<CsvRecord> {
    while (this.#at < this.#text.length) {
      if (this.#skipping) {
        const end = found(lineEnds, this.#text, this.#at)
        const next = end === undefined ? undefined : this.#lineEnd(end, last)
        this.#take(next ?? end ?? this.#text.length)
        if (next === undefined) return
        this.#skipping = false
        continue
      }
      const record = this.#record(last)
      if (record === 'more') return
      if (record.kind === 'broken' || record.fields.length > 1 || record.fields[0] !== '') yield record
    }
  }

  /** The end of the line end at `at`; undefined if that is not known yet. */
  #lineEnd(at: number, last: boolean): number | undefined {
    if (this.#text[at] !== '\r') return at + 1
    if (at + 1 === this.#text.length && !last) return undefined
    return this.#text[at + 1] === '\n' ? at + 2 : at + 1
  }

  #record(last: boolean): CsvRecord | 'more' {
    const line = this.#line
    const fields: string[] = []
    let stray = false
    for (let from = this.#at; ; ) {
      const field = this.#text[from] === '"' ? this.#quoted(from, last) : this.#plain(from, last)
      if (typeof field === 'string') return this.#broken(field)
      if (!field || field.next - this.#at > longestRecord) {
        const length = (field?.next ?? this.#text.length) - this.#at
        if (length <= longestRecord) return 'more'
        const open = this.#text[from] === '"' ? ', or a quote opened in it is never closed' : ''
        return this.#broken(`it is longer than ${longestRecord} characters${open}`)
      }
      fields.push(field.value)
      stray ||= field.stray
      const sign = this.#text[field.next]
      if (sign === ',') {
        from = field.next + 1
        continue
      }
      const end = sign === undefined ? field.next : this.#lineEnd(field.next, last)
      if (end === undefined) return 'more'
      this.#take(end)
      return { kind: 'record', line, fields, stray }
    }
  }

  /** The field without quotes at `from`; undefined if its end has not come yet. */
  #plain(from: number, last: boolean): Field | undefined {
    const next = found(fieldEnds, this.#text, from) ?? (last ? this.#text.length : undefined)
    if (next === undefined) return undefined
    const value = this.#text.slice(from, next)
    return { value, next, stray: value.includes('"') }
  }

  /** The quoted field at `from`; undefined if its end has not come yet, or what is the matter with it. */
  #quoted(from: number, last: boolean): Field | string | undefined {
    let close = this.#text.indexOf('"', from + 1)
    while (close >= 0 && this.#text[close + 1] === '"') close = this.#text.indexOf('"', close + 2)
    if (close < 0) return last ? 'a quote is opened in it and never closed' : undefined
    const next = close + 1
    if (next === this.#text.length && !last) return undefined
    if (next < this.#text.length && !/[,\r\n]/.test(this.#text.charAt(next)))
      return 'its quotes do not match: a field goes on after its closing quote'
    return { value: this.#text.slice(from + 1, close).replaceAll('""', '"'), next, stray: false }
  }

  #broken(reason: string): CsvRecord {
    const line = this.#line
    const text = cut(this.#text.slice(this.#at, this.#at + 2 * shown), shown)
    this.#skipping = true
    return { kind: 'broken', line, text, reason }
  }
}
