/** The edge itself could not answer. The viewer sees the status alone; the cause is for the log. */
export class EdgeFailure extends Error {
  readonly status: number

  constructor(status: number, cause: string) {
    super(cause)
    this.name = 'EdgeFailure'
    this.status = status
  }
}
