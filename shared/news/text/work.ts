/**
 * How much a text may hold for every device to open it: levels of quotes and lists, levels of emphasis within a line, and
 * parts in all. The longest text without formatting, 20,000 characters, has some 1,000 parts with 50 to a line.
 */
export const textLimits = { levels: 10, emphasis: 6, parts: 6_000 } as const

/** Thrown within the parser, and caught by it, where a text holds more than {@link textLimits}. */
export class TooMuch extends Error {}

/** What the parsing of one text has made and done so far. */
export class Work {
  parts = 0
  /** Characters looked at, each time again: what has to grow with the length of a text, and no faster. */
  steps = 0

  /** Counts a part. Throws TooMuch. */
  part<Part>(made: Part): Part {
    this.parts++
    if (this.parts > textLimits.parts) throw new TooMuch()
    return made
  }
}
