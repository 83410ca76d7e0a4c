import { AddressFinder, linkAddress } from './address.ts'
import type { Inline } from './blocks.ts'
import { destination } from './destination.ts'
import { emphasized } from './emphasis.ts'
import { isEscapable } from './escape.ts'
import { referenceAt } from './reference.ts'
import { type Run, runOf } from './run.ts'
import type { Work } from './work.ts'

type Piece = Inline | Run

const text = (value: string): Inline => ({ type: 'text', text: value })

/** More asterisks or underscores in a row than this have no meaning: three make words strong and emphasized. */
const longestRun = 3

/** The character that ends before `at`; empty at the beginning. */
const signBefore = (line: string, at: number): string => [...line.slice(Math.max(0, at - 2), at)].pop() ?? ''
const signAt = (line: string, at: number): string => {
  const code = line.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** True if nothing is seen of the pieces from `start` on. */
const isBlank = (pieces: readonly Piece[], start: number): boolean => {
  for (let at = start; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece?.type === 'text' ? piece.text.trim() !== '' : piece?.type !== 'break') return false
  }
  return true
}

/** What a link shows: an address within it that stands there by itself is text. */
const withoutLinks = (pieces: readonly Piece[]): Piece[] =>
  pieces.flatMap((piece): readonly Piece[] => (piece.type === 'link' ? piece.children : [piece]))

const word = /[\p{L}\p{N}]+| +|./suy
const pointed = /<([^\s<>]+)>/y

/** Reads one stretch of text from its beginning to its end, each character once but where `steps` are counted more. */
class InlineReader {
  readonly #line: string
  readonly #work: Work
  readonly #addresses: AddressFinder
  readonly #pieces: Piece[] = []
  /** Where among the pieces the brackets are that may begin a link. */
  #brackets: number[] = []
  /** Where the word ends that was last looked at, and whether it is a path of Windows. */
  #word = { end: 0, isPath: false }

  constructor(line: string, work: Work) {
    this.#line = line
    this.#work = work
    this.#addresses = new AddressFinder(line, work)
  }

  read(): Inline[] {
    for (let at = 0; at < this.#line.length; ) {
      const next = this.#next(at)
      this.#work.steps += next - at
      at = next
    }
    return emphasized(this.#pieces, this.#work)
  }

  #add(piece: Piece, end: number): number {
    this.#pieces.push(piece)
    return end
  }

  /** Takes what begins at `at`, and gives where it ends. */
  #next(at: number): number {
    const sign = this.#line[at] ?? ''
    const itself = () => this.#add(text(sign), at + 1)
    switch (sign) {
      case '\n':
        return this.#add(this.#work.part({ type: 'break' }), at + 1)
      case '\\':
        return this.#escape(at) ?? itself()
      case '*':
      case '_':
        return this.#run(sign, at)
      case '[':
        this.#brackets.push(this.#pieces.length)
        return itself()
      case ']':
        return this.#link(at) ?? itself()
      case '<':
        return this.#pointed(at) ?? itself()
      case '&':
        return this.#reference(at) ?? itself()
      default:
        return this.#words(at)
    }
  }

  #escape(at: number): number | undefined {
    const next = this.#line[at + 1]
    if (next === '\n') return at + 1
    return isEscapable(next) && !this.#isPath(at) ? this.#add(text(next ?? ''), at + 2) : undefined
  }

  /** True in a word with a backslash before a letter or digit, `P:\commun\_6A`: its backslashes and underscores stay. */
  #isPath(at: number): boolean {
    if (at < this.#word.end) return this.#word.isPath
    let start = at
    while (start > this.#word.end && !/\s/.test(this.#line[start - 1] ?? ' ')) start--
    let end = at
    while (end < this.#line.length && !/\s/.test(this.#line[end] ?? '')) end++
    this.#work.steps += end - start
    this.#word = { end, isPath: /\\[\p{L}\p{N}]/u.test(this.#line.slice(start, end)) }
    return this.#word.isPath
  }

  #run(sign: string, at: number): number {
    const line = this.#line
    let end = at
    while (line[end] === sign) end++
    if (end - at > longestRun || (sign === '_' && this.#isPath(at))) return this.#add(text(line.slice(at, end)), end)
    return this.#add(runOf(sign, end - at, signBefore(line, at), signAt(line, end)), end)
  }

  /** A link whose words end at `at`; undefined if no bracket is open, or if what follows is no address. */
  #link(at: number): number | undefined {
    const start = this.#brackets.pop()
    if (start === undefined || this.#line[at + 1] !== '(') return undefined
    const found = destination(this.#line, at + 1, this.#work)
    if (!found) return undefined
    const address = linkAddress(found.typed)
    if (address === undefined && found.typed !== '') return undefined
    const nothing = isBlank(this.#pieces, start + 1)
    this.#work.steps += nothing ? this.#pieces.length - start : 1
    if (address === undefined && !nothing) return undefined
    const words = this.#pieces.slice(start + 1)
    this.#pieces.length = start
    // A link holds no other: a bracket that was opened before is itself.
    this.#brackets = []
    if (address === undefined) return found.end
    const children = nothing ? [this.#work.part(text(found.typed))] : emphasized(withoutLinks(words), this.#work)
    return this.#add(this.#work.part({ type: 'link', address, children }), found.end)
  }

  #pointed(at: number): number | undefined {
    pointed.lastIndex = at
    const [all = '', typed = ''] = pointed.exec(this.#line) ?? []
    this.#work.steps += all.length
    const address = typed.length > 3 && /[:@]/.test(typed) ? linkAddress(typed) : undefined
    return address === undefined ? undefined : this.#address(typed, address, at + all.length)
  }

  #reference(at: number): number | undefined {
    const found = referenceAt(this.#line, at)
    return found && this.#add(text(found.sign), found.end)
  }

  #words(at: number): number {
    const found = this.#addresses.find(at)
    if (found && found.end > at)
      return found.address === undefined
        ? this.#add(text(found.shown), found.end)
        : this.#address(found.shown, found.address, found.end)
    word.lastIndex = at
    const [words = ''] = word.exec(this.#line) ?? []
    return this.#add(text(words), at + words.length)
  }

  #address(shown: string, address: string, end: number): number {
    const children = [this.#work.part(text(shown))]
    return this.#add(this.#work.part({ type: 'link', address, children }), end)
  }
}

/** Parses a stretch of text, in which line ends are line breaks. Throws TooMuch. */
export const inlines = (line: string, work: Work): Inline[] => new InlineReader(line, work).read()
