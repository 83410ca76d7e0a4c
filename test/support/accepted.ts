type Reply = { readonly status: number; readonly body: unknown }

/**
 * The reply to a request of a test's arrangement. Throws with the reply if the request is refused, so that the failure
 * is reported where it happens rather than by a later expectation.
 */
export const accepted = async <R extends Reply>(asking: R | Promise<R>): Promise<R> => {
  const reply = await asking
  if (reply.status >= 400)
    throw new Error(`a request of the arrangement was refused: ${reply.status} ${JSON.stringify(reply.body)}`)
  return reply
}
