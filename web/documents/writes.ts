import { documentsContract } from '../../shared/documents/contract.ts'
import { write } from '../platform/write.ts'
import { noteWritten } from './data/written.ts'

const { addFolder, change, copy, remove, restore } = documentsContract.routes

/** The writes of documents; files are sent by upload/. */
export const writes = {
  addFolder: write('documents.addFolder', addFolder, {
    onDone: (client, _, { params }) => noteWritten(client, params.space),
  }),
  change: write('documents.change', change, { onDone: (client, _, { params }) => noteWritten(client, params.space) }),
  copy: write('documents.copy', copy, { onDone: (client, _, { params }) => noteWritten(client, params.space) }),
  remove: write('documents.remove', remove, { onDone: (client, _, { params }) => noteWritten(client, params.space) }),
  restore: write('documents.restore', restore, {
    onDone: (client, _, { params }) => noteWritten(client, params.space),
  }),
}
