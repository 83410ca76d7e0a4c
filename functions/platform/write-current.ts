/**
 * Writes what follows from the state of an item: rows, counts. The state is read again after it was written, and written
 * anew until it is the one that was written, because another environment that read an older state may have written in
 * between: of two that write at the same moment, the one that writes last finds what the other read. Change records only
 * say that there is something to write, so that records sent twice, late, or after a newer one end in the same rows.
 *
 * Returns the state that was written last. Throws what `read` and `write` throw.
 */
export const writeCurrent = async <State>(of: {
  /** Reads the state; must be consistent. */
  readonly read: () => Promise<State>
  readonly write: (state: State) => Promise<void>
  /** True if `next` asks for the same writes as `written`. */
  readonly isSame: (written: State, next: State) => boolean
}): Promise<State> => {
  for (let state = await of.read(); ; ) {
    await of.write(state)
    const written = state
    state = await of.read()
    if (of.isSame(written, state)) return written
  }
}
