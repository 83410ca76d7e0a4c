import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { route } from '../../../shared/kernel/route.ts'
import { FileAnnouncement, UploadGrant } from '../../../shared/kernel/upload.ts'

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

test('route() of an upload without its announcement or its grant does not compile', () => {
  const upload = { kind: 'upload', method: 'POST', path: '/api/files', summary: 'Send.', status: 201 } as const
  const mine = { ...upload, callers: 'signed-in', within: 'self' } as const
  const body = z.object({ title: z.string(), file: FileAnnouncement })
  const granted = z.object({ id: z.string(), upload: UploadGrant })
  const pictures = FileAnnouncement.check(z.refine(file => file.type.startsWith('image/')))
  const declared = [
    () => route({ ...mine, body, reply: granted }),
    () => route({ ...mine, body: z.object({ file: pictures }), reply: granted }),
    // @ts-expect-error the body announces no file
    () => route({ ...mine, body: z.object({ title: z.string() }), reply: granted }),
    // @ts-expect-error what the body calls a file is none
    () => route({ ...mine, body: z.object({ file: z.object({ length: z.number() }) }), reply: granted }),
    // @ts-expect-error the body may leave the file out
    () => route({ ...mine, body: z.object({ file: z.optional(FileAnnouncement) }), reply: granted }),
    // @ts-expect-error the reply holds no grant
    () => route({ ...mine, body, reply: z.object({ id: z.string() }) }),
    // @ts-expect-error there is no reply
    () => route({ ...mine, body }),
    // @ts-expect-error a repeat could announce another file
    () => route({ ...mine, body, reply: granted, secretBody: true }),
    // @ts-expect-error so could a repeat of nobody
    () => route({ ...mine, body, reply: granted, callers: 'anyone' }),
  ]
  expect(declared).toHaveLength(9)
})
