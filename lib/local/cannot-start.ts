/** Why the territory cannot run on this machine, as one sentence for whoever started it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
