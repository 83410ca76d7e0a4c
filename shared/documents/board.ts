import * as z from 'zod/mini'
import { board } from '../kernel/board.ts'
import { LinkedEntry } from './shapes.ts'

/** What the members of a class or group see alike of its space. */
export const documentsBoard = board({
  kind: 'board',
  service: 'documents',
  summary: 'The folders and the newest documents of a class or group, without what is in the trash.',
  shape: 1,
  audiences: ['class'],
  // Folders first, then the newest documents. The rest is read by the route `list`.
  holds: { entries: 60 },
  schema: z.object({
    entries: z.array(LinkedEntry),
    /** There are more entries than these. */
    more: z.optional(z.boolean()),
  }),
  parts: {},
})
