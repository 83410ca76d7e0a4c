import { setTimeout as pause } from 'node:timers/promises'
import { type HungAttachment, hung } from '../../../functions/documents/attachments.ts'
import { documentsPatterns, type FileItem } from '../../../functions/documents/patterns.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { uses } from '../../../functions/platform/access.ts'
import { update } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'
import type { demoAttachmentsAccess } from './access.ts'

type DemoTable = Table<typeof demoAttachmentsAccess>

/** A document of the demo, by the id of its file, and the item that it is to hang on. */
export type DemoAttachment = {
  readonly feature: 'news' | 'work'
  readonly item: string
  readonly file: string
  readonly name: string
}

/** Milliseconds between two looks at a file that was sent, and looks after which it is left out. */
const between = 250
const looks = 240

const looking = uses({ get: [documentsPatterns.file] })

/** A file of the demo once the bucket has told that it is there; undefined if it does not. */
export const arrivedFile = async (table: Table<typeof looking>, file: string): Promise<FileItem | undefined> => {
  for (let look = 0; look < looks; look++) {
    const found = await table.get(documentsPatterns.file, { file }, { consistent: true })
    if (found?.state === 'stored') return found
    await pause(between)
  }
  return undefined
}

/**
 * Hangs documents on news and on work of the demo, as functions/news and functions/work do. What hangs there already, by a load
 * that was interrupted, stays.
 */
export const hangDemoAttachments = async (table: DemoTable, wanted: readonly DemoAttachment[]): Promise<void> => {
  for (const one of wanted) {
    const { feature, item, file, name } = one
    const found = await arrivedFile(table, file)
    if (!found) continue
    const attachment: HungAttachment = { file, name, length: found.length, type: found.type, scan: found.scan }
    const set = { set: { attachments: [attachment] } }
    const at = { file, holder: `F:${feature}`, entry: item }
    const isHung = (await table.get(documentsPatterns.place, at)) !== undefined
    await table.transact([
      ...(isHung ? [] : hung(feature, [item], [attachment])),
      feature === 'news'
        ? update('item', newsPatterns.news, { news: item }, set)
        : update('item', workPatterns.piece, { piece: item }, set),
    ])
  }
}
