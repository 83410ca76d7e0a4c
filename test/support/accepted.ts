type Reply = { readonly status: number; readonly body: unknown }

/**
 * The reply to a request that a test makes only to arrive at what it is about. Throws with the reply if the request is
 * refused: the failure then shows where it happened, and not in what the test expects later.
 */
export const accepted = async <R extends Reply>(asking: R | Promise<R>): Promise<R> => {
  const reply = await asking
  if (reply.status >= 400)
    throw new Error(`a request of the arrangement was refused: ${reply.status} ${JSON.stringify(reply.body)}`)
  return reply
}
