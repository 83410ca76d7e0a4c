/** An SQS queue as the services that put messages into it know it. */
export type Queue = { readonly name: string; readonly send: (body: object) => void }
