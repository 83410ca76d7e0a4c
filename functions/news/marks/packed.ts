import { alphabet } from '../../../shared/kernel/ids.ts'
import type { AudienceMarks, Entry } from './entry.ts'

/**
 * The entries of an audience as bytes: 12 each where JSON needs 26 or more, so that all the marks of a guardian of two
 * children are read with half a read unit (4 KB).
 *
 * One byte: the version of this form (2 where something is of a later edition than the first, which version 1 has no place
 * for), and 128 if entries were cut. Then each entry, newest first: 8 bytes, of which the
 * highest bit says that flags follow, 3 bits how many bytes of time follow, and 60 bits are the random part of the id;
 * the time, in milliseconds before the entry before (for the first: since 1970). Where flags follow: a byte of them, and
 * what they name, in their order: `ends` hours since 1970 (4 bytes), `signed` and `reminded` milliseconds since 1970
 * (6 bytes each), `pupils` their number (1 byte) and 10 bytes each, `editions` those seen and
 * signed (2 bytes each, 0 for the first). The highest byte comes first.
 */
const version = 1
const withEditions = 2
const isCut = 128
const flag = { unseen: 1, kept: 2, ends: 4, signed: 8, reminded: 16, pupils: 32, editions: 64 } as const
const randomBits = 60n
const hasFlags = 8n

const timeLength = 10
const randomLength = 12
const personLength = 16

const bitsOf = (text: string): bigint => {
  let bits = 0n
  for (const sign of text) bits = (bits << 5n) | BigInt(alphabet.indexOf(sign))
  return bits
}

const textOf = (bits: bigint, length: number): string => {
  let text = ''
  for (let left = bits; text.length < length; left >>= 5n) text = alphabet[Number(left & 31n)] + text
  return text
}

/** A number in so many bytes. */
const bytesOf = (value: bigint | number, length: number): number[] =>
  Array.from({ length }, (_, at) => Number((BigInt(value) >> BigInt(8 * (length - 1 - at))) & 255n))

/** The fewest bytes that hold a number; none for 0. */
const lengthOf = (value: number): number => {
  let length = 0
  for (let left = value; left > 0; left = Math.floor(left / 256)) length++
  return length
}

const hasEditions = ({ seenEdition, signedEdition }: Entry): boolean =>
  seenEdition !== undefined || signedEdition !== undefined

const flagsOf = (entry: Entry): number => bitsOfEntry(entry) | (hasEditions(entry) ? flag.editions : 0)

const bitsOfEntry = ({ seen, kept, endsAt, signedAt, signedFor, remindedAt }: Entry): number =>
  (seen ? 0 : flag.unseen) |
  (kept ? flag.kept : 0) |
  (endsAt === undefined ? 0 : flag.ends) |
  (signedAt === undefined ? 0 : flag.signed) |
  (remindedAt === undefined ? 0 : flag.reminded) |
  (signedFor === undefined ? 0 : flag.pupils)

const timeOf = ({ news }: Entry): number => Number(bitsOf(news.slice(0, timeLength)))

const packedEntry = (entry: Entry, time: number): number[] => {
  const flags = flagsOf(entry)
  const length = lengthOf(time)
  const head = (flags === 0 ? 0n : hasFlags) | BigInt(length)
  const bytes = [...bytesOf((head << randomBits) | bitsOf(entry.news.slice(timeLength)), 8), ...bytesOf(time, length)]
  if (flags === 0) return bytes
  const { endsAt, signedAt, remindedAt, signedFor } = entry
  bytes.push(flags)
  if (endsAt !== undefined) bytes.push(...bytesOf(endsAt, 4))
  for (const instant of [signedAt, remindedAt])
    if (instant !== undefined) bytes.push(...bytesOf(Date.parse(instant), 6))
  if (signedFor) bytes.push(signedFor.length, ...signedFor.flatMap(pupil => bytesOf(bitsOf(pupil), 10)))
  if (hasEditions(entry)) bytes.push(...bytesOf(entry.seenEdition ?? 0, 2), ...bytesOf(entry.signedEdition ?? 0, 2))
  return bytes
}

/** Entries as bytes. They must be newest first, and of 255 pupils each at most. */
export const pack = ({ entries, cut }: AudienceMarks): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    (entries.some(hasEditions) ? withEditions : version) + (cut ? isCut : 0),
    ...entries.flatMap((entry, at) => {
      const before = entries[at - 1]
      return packedEntry(entry, before ? timeOf(before) - timeOf(entry) : timeOf(entry))
    }),
  ])

/** Takes numbers of so many bytes, one after another. Throws at the end of the bytes. */
const reader = (bytes: Uint8Array) => {
  let at = 0
  const take = (length: number): bigint => {
    if (at + length > bytes.length) throw new Error('packed marks end too early')
    let value = 0n
    for (const byte of bytes.subarray(at, at + length)) value = (value << 8n) | BigInt(byte)
    at += length
    return value
  }
  return { take, number: (length: number) => Number(take(length)), isAtEnd: () => at === bytes.length }
}

const editionsIn = (number: (length: number) => number) => {
  const [seenEdition, signedEdition] = [number(2), number(2)]
  return { ...(seenEdition > 0 && { seenEdition }), ...(signedEdition > 0 && { signedEdition }) }
}

const flagged = ({ take, number }: ReturnType<typeof reader>): Omit<Entry, 'news'> => {
  const flags = number(1)
  const instant = () => new Date(number(6)).toISOString()
  return {
    seen: (flags & flag.unseen) === 0,
    kept: (flags & flag.kept) !== 0,
    ...(flags & flag.ends && { endsAt: number(4) }),
    ...(flags & flag.signed && { signedAt: instant() }),
    ...(flags & flag.reminded && { remindedAt: instant() }),
    ...(flags & flag.pupils && {
      signedFor: Array.from({ length: number(1) }, () => textOf(take(10), personLength)),
    }),
    ...(flags & flag.editions && editionsIn(number)),
  }
}

/** The entries that {@link pack} made bytes of. Throws if the bytes are of another form. */
export const unpack = (bytes: Uint8Array): AudienceMarks => {
  const from = reader(bytes)
  const first = from.number(1)
  if (![version, withEditions].includes(first % isCut))
    throw new Error(`marks are packed in a form that is not known: ${first}`)
  const entries: Entry[] = []
  for (let before: number | undefined; !from.isAtEnd(); ) {
    const word = from.take(8)
    const head = word >> randomBits
    const time = from.number(Number(head % hasFlags))
    before = before === undefined ? time : before - time
    const news = textOf(BigInt(before), timeLength) + textOf(word, randomLength)
    entries.push({ news, ...(head >= hasFlags ? flagged(from) : { seen: true, kept: false }) })
  }
  return { entries, cut: first >= isCut }
}
