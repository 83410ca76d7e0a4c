import { useQueryClient } from '@tanstack/react-query'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { Entry, SpaceId } from '../../../shared/documents/shapes.ts'
import { read, readKey } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import type { ShownEntry } from './order.ts'

/** A folder on the way to the one that is open; without a name while that is not known. */
export type Step = { readonly id: string; readonly name: string | undefined }

const { entry } = documentsContract.routes

/** The folders from the space down to `folder`, itself included: of those that no list has told, the API is asked. */
export const useFolderPath = (space: SpaceId, folder: string | undefined, known: readonly ShownEntry[]): Step[] => {
  const client = useQueryClient()
  const path: Step[] = []
  let missing: string | undefined
  for (let at = folder; at !== undefined && !path.some(({ id }) => id === at); ) {
    const told: Pick<Entry, 'name' | 'folder'> | undefined =
      known.find(({ id }) => id === at) ?? client.getQueryData<Entry>(readKey(entry, { params: { space, entry: at } }))
    path.unshift({ id: at, name: told?.name })
    if (!told) missing = at
    at = told?.folder
  }
  useRead({ ...read(entry, { params: { space, entry: missing ?? '' } }), enabled: missing !== undefined })
  return path
}
