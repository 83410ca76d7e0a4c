import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contracts } from '../../../shared/features.ts'
import { commonProblems, type ProblemTable, problemUri } from '../../../shared/kernel/problem.ts'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What a server does with a request: answers, or breaks the connection after it was taken. */
export type Answering = (asked: Asked) => Answer | 'broken' | Promise<Answer | 'broken'>

/** The problems of all routes: the common ones and those of every feature. */
export const problems: ProblemTable = Object.assign({}, commonProblems, ...contracts.map(one => one.problems))

/** A problem document as the API answers with one. Throws for a type that nothing declares. */
export const problem = (type: string, headers: Record<string, string> = {}): Answer => {
  const declared = problems[type]
  if (!declared) throw new Error(`No contract declares the problem ${type}`)
  return {
    status: declared.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: problemUri(type), ...declared },
  }
}

/** An HTTP server on this machine, and the requests it got. */
export const loopback = async (answering: Answering) => {
  const asked: Asked[] = []
  const server = createServer(async (request, reply) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    }
    asked.push(one)
    const answer = await answering(one)
    if (answer === 'broken') return request.socket.destroy()
    const { status, headers = {}, body } = answer
    reply.writeHead(status, { 'content-type': 'application/json', ...headers })
    reply.end(
      body === undefined || body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}
