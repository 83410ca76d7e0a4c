/** The edge could not get an answer. The viewer gets the status only; the cause goes to the log. */
export class EdgeFailure extends Error {
  readonly status: number

  constructor(status: number, cause: string) {
    super(cause)
    this.name = 'EdgeFailure'
    this.status = status
  }
}
