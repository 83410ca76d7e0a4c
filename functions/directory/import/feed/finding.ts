/**
 * Something an import has to say of its feed.
 * `refused`: a record, or a whole file, that is not imported. `left-out`: a part of a record or of a delivery that is
 * imported without it. `deviation`: an offence against the format that could be read all the same; `--strict` refuses
 * those. `asked`: something that is not imported until a person has answered. `joined`: somebody whom another source
 * described before.
 */
export type Finding = {
  readonly kind: 'refused' | 'left-out' | 'deviation' | 'asked' | 'joined'
  readonly file?: string
  readonly line?: number
  /** The feed's own key of the record. */
  readonly id?: string
  readonly reason: string
}

/** Thrown where a whole file cannot be used: nothing of it is imported. */
export class FileRefused extends Error {
  readonly line: number | undefined

  constructor(reason: string, line?: number) {
    super(reason)
    this.line = line
  }

  /** What is reported of `file`. */
  of(file: string): Finding {
    return { kind: 'refused', file, ...(this.line && { line: this.line }), reason: this.message }
  }
}

/** Thrown where an import cannot begin or go on: the message is for whoever runs it. */
export class ImportRefused extends Error {}
