import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { stage } from './stage.ts'

/** What comes back for bytes that no client of HTTP would send. */
const sent = async (port: number, bytes: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

describe('replyMalformed', () => {
  it.each<[string, string, number]>([
    ['no HTTP at all', 'GARBAGE\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: a\r\n: b\r\n\r\n', 400],
    ['two lengths of one body', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
  ])('answers %s as the edge itself, and asks no origin', async (_, bytes, status) => {
    const { edge, asked } = await stage()
    const answer = await sent(edge.port, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('\r\nx-cache: Error from cloudfront\r\n')
    expect(answer).toMatch(/\r\nx-amz-cf-id: \S+\r\n/)
    expect(asked).toHaveLength(0)
  })
})
