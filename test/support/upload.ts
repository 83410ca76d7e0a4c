import * as z from 'zod/mini'
import { contract, route, schoolRelation } from '../../shared/kernel/route.ts'
import { FileAnnouncement, UploadGrant } from '../../shared/kernel/upload.ts'

/** A contract with upload routes, of a feature that the territory does not have. */
export const uploadContract = contract({
  feature: 'drawings',
  function: 'drawings',
  problems: {},
  routes: {
    send: route({
      kind: 'upload',
      method: 'POST',
      path: '/api/drawings',
      summary: 'Send a drawing.',
      callers: ['pupil'],
      within: 'self',
      body: z.object({ title: z.string().check(z.minLength(1)), file: FileAnnouncement }),
      status: 201,
      reply: z.object({ id: z.string(), upload: UploadGrant }),
    }),
    attach: route({
      kind: 'upload',
      method: 'POST',
      path: '/api/schools/{uai}/walls/{wall}/drawings',
      summary: 'Hang a drawing on a wall.',
      callers: ['teacher', 'head'],
      within: schoolRelation('wall'),
      params: z.object({ uai: z.string(), wall: z.string() }),
      body: z.object({ file: FileAnnouncement }),
      status: 201,
      reply: z.object({ upload: UploadGrant }),
    }),
  },
})
