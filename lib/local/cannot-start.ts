/** The territory cannot run on this machine. The message is a sentence for the person who started it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
