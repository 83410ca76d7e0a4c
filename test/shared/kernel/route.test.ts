import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { route } from '../../../shared/kernel/route.ts'

/*
 * What must not compile is proved by `npm run check`: a line below an expected error that compiles is itself one.
 */
const reply = z.object({ name: z.string() })
const read = { kind: 'private', method: 'GET', path: '/api/things', summary: 'Read.', reply } as const
const write = { kind: 'write', method: 'POST', path: '/api/things', summary: 'Write.', status: 204 } as const
const share = { kind: 'shared', method: 'GET', summary: 'Share.', reply, params: z.object({ audience: z.string() }) }

test('route() takes a declaration as it is', () => {
  expect(route({ ...read, callers: 'signed-in', within: 'self' })).toEqual({
    ...{ ...read, callers: 'signed-in', within: 'self' },
  })
})

test('route() without a declared caller, or what bounds the answer, does not compile', () => {
  const declared = [
    // @ts-expect-error nobody is named who may read
    () => route({ ...read, within: 'self' }),
    // @ts-expect-error nobody is named who may write
    () => route({ ...write, within: 'self' }),
    // @ts-expect-error not said what the answer is bounded by
    () => route({ ...read, callers: 'signed-in' }),
    // @ts-expect-error an empty list is nobody
    () => route({ ...write, callers: [], within: 'self' }),
    // @ts-expect-error a shared read says how long the edge may answer
    () => route({ ...share, callers: 'members', path: '/api/audiences/{audience}/things' }),
    // @ts-expect-error a placeholder of the path has its schema
    () => route({ ...read, path: '/api/things/{thing}', callers: 'signed-in', within: 'self' }),
  ]
  expect(declared).toHaveLength(6)
})
