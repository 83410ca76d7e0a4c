import type * as z from 'zod/mini'
import type { Placer } from '../../shared/documents/shapes.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'

const placerAccess = uses({ get: [directoryPatterns.person] })

/** Whoever places a document, as the others see them. */
export const placerOf = async (table: Table<typeof placerAccess>, person: string): Promise<z.infer<typeof Placer>> => {
  const found = await table.get(directoryPatterns.person, { person })
  return { id: person, name: found ? `${found.givenName} ${found.familyName}` : '' }
}
