import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { startTestEdge } from './fixture.ts'

/** Sends raw bytes. @returns all bytes that come back. */
const exchangeBytes = async (port: number, bytes: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

describe('startEdge() of a request that is never sent to its end', () => {
  it.each([
    ['in its headers', 'POST / HTTP/1.1\r\nhost: a\r\nx: '],
    ['in its body', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf'],
  ])('ends the connection, %s, and asks no origin', async (_, bytes) => {
    const { edge, asked } = await startTestEdge({ patience: 200 })
    const socket = connect(edge.port, '127.0.0.1')
    socket.write(bytes)
    // The viewer keeps its side open: it is the edge that ends this.
    expect(await text(socket)).toMatch(/^HTTP\/1.1 408 /)
    expect(asked).toHaveLength(0)
    socket.destroy()
  })
})

describe('replyMalformed', () => {
  it.each<[string, string, number]>([
    ['bytes that are not HTTP', 'GARBAGE\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: a\r\n: b\r\n\r\n', 400],
    ['two content lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx', 400],
    ['headers that are too long', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
  ])('answers %s itself, without a request to the origin', async (_, bytes, status) => {
    const { edge, asked } = await startTestEdge()
    const answer = await exchangeBytes(edge.port, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('\r\nx-cache: Error from cloudfront\r\n')
    expect(answer).toMatch(/\r\nx-amz-cf-id: \S+\r\n/)
    expect(asked).toHaveLength(0)
  })
})
