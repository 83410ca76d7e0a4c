import { remove, update } from '../platform/operation.ts'
import type { Arrivals } from './arriving.ts'
import { documentsPatterns, type FileItem } from './patterns.ts'

import { tell } from './telling.ts'

/**
 * Addresses of files do not end: they are the same for all members of an audience, as long as a board names them. Whoever is
 * shown a file no more may have kept its address, and the file may hang elsewhere. So its object moves to another name,
 * which is part of the addresses: those of other places are made anew, and the former ones find nothing.
 * Decision: docs/decisions/0062-documents.md
 */

const { file: files, withdrawal } = documentsPatterns

/** Deletes the objects of a file up to a copy. */
export const removeObjects = async ({ objects }: Pick<Arrivals, 'objects'>, id: string, end: number): Promise<void> => {
  for (let copy = 0; copy < end; copy++) await objects.remove({ id, copy })
}

/** Moves the object of a file. Throws if another run does it at this moment. */
const move = async (arrivals: Arrivals, file: FileItem): Promise<void> => {
  const { table, objects } = arrivals
  const { id, copy: before } = file
  const copy = (before ?? 0) + 1
  await objects.duplicate(file, { id, copy })
  const unmoved = before === undefined ? ({ lacks: ['copy'] } as const) : { is: { copy: before } }
  const moved = await table.transact([update('file', files, { file: id }, { set: { copy } }, unmoved)])
  if (!moved.ok) throw new Error('a file was moved by another run at the same moment')
}

/**
 * Carries an order out, if there is one. Each step may be repeated: of a run that broke off, the next moves the object once
 * more, and deletes all former ones.
 */
export const withdraw = async (arrivals: Arrivals, id: string): Promise<void> => {
  const { table } = arrivals
  const order = await table.get(withdrawal, { file: id }, { consistent: true })
  if (!order) return
  const found = await table.get(files, { file: id }, { consistent: true })
  if (found?.state === 'stored') {
    await move(arrivals, found)
    const moved = await table.get(files, { file: id }, { consistent: true })
    if (moved && !(await tell(arrivals, moved))) throw new Error('a place of a file was changed while it was told')
    await removeObjects(arrivals, id, moved?.copy ?? 0)
  }
  // A later order stays, and is carried out by its own message.
  await table.transact([remove('withdrawal', withdrawal, { file: id }, { is: { at: order.at } })])
}
