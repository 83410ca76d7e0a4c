import { documentsAccess } from '../../../functions/documents/access.ts'
import { documentsHandler } from '../../../functions/documents/documents.ts'
import { documentsPatterns, type EntryItem } from '../../../functions/documents/patterns.ts'
import type { DocumentsPlatform } from '../../../functions/documents/relations.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { put } from '../../../functions/platform/operation.ts'
import { openUploads } from '../../../functions/platform/upload.ts'
import { documentsContract } from '../../../shared/documents/contract.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import { tested } from '../../support/examples.ts'
import { audience, college, groups, type School } from '../../support/school.ts'
import { limits } from './limits.ts'
import { testSigning } from './signing.ts'

const space = audience('class', groups.sixA.id)
/** The pupil and the teacher of the class; nobody else is a member. */
const members = ['lea', 'anne']
const file = { length: 4, type: 'text/plain', sha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=' }

export const documentsFunction = tested({
  contract: documentsContract,
  open: (platform: DocumentsPlatform) =>
    documentsHandler(
      { ...platform, signUpload: openUploads(testSigning.bucket, testSigning, platform.now) },
      {
        limits,
        objects: {
          begin: async () => 'upload',
          parts: async () => undefined,
          complete: async () => {},
          abort: async () => {},
        },
        signGet: async () => 'https://bucket.example/document',
      },
    ),
  access: [requestAccess, documentsAccess],
  arrange: async (platform, { people, callers }: School) => {
    const now = platform.now()
    const by = { id: String(callers.lea?.person), name: 'Léa Martin' }
    const ids = {
      document: timeId(now),
      unscannable: timeId(now),
      version: timeId(now),
      trashed: timeId(now),
      upload: timeId(now),
    }
    const stored = (id: string, scan: 'clean' | 'unscannable', more: Partial<EntryItem> = {}) => ({
      ...{ id, name: 'Exposé.txt', by, at: now.toISOString(), file: { ...file, id, scan }, version: 1, uai: college },
      ...more,
    })
    const entry = (item: ReturnType<typeof stored>) =>
      put('entry', documentsPatterns.classEntry, { audience: space, entry: item.id }, item)
    const fileItem = (id: string, state: 'stored' | 'announced') =>
      put(
        'file',
        documentsPatterns.file,
        { file: id },
        {
          ...{ ...file, id, scan: state === 'stored' ? 'clean' : 'waiting', by, state, at: now.toISOString() },
          ...{ target: { audience: space, uai: college, name: 'Exposé.txt', reserved: 4 }, places: 1 },
        },
      )
    await platform.table.writeMany([
      entry(
        stored(ids.document, 'clean', {
          former: [{ file: { ...file, id: ids.version, scan: 'clean' }, by, at: now.toISOString() }],
        }),
      ),
      entry(stored(ids.unscannable, 'unscannable')),
      entry(stored(ids.trashed, 'clean', { trashedAt: now.toISOString() })),
      fileItem(ids.document, 'stored'),
      fileItem(ids.upload, 'announced'),
    ])
    if (!people.lea) throw new Error('nobody is called lea here')
    return ids
  },
  examples: {
    spaces: () => ({}),
    list: () => ({ params: { space }, related: members }),
    trash: () => ({ params: { space }, related: members }),
    entry: ({ ids }) => ({ params: { space, entry: ids.document }, related: members }),
    unscanned: ({ ids }) => ({ params: { space, entry: ids.unscannable }, related: members }),
    announce: () => ({ params: { space }, body: { name: 'Carte.txt', file }, related: members }),
    upload: ({ ids }) => ({ params: { file: ids.upload }, related: ['lea'] }),
    complete: ({ ids }) => ({ params: { file: ids.upload }, related: ['lea'] }),
    cancel: ({ ids }) => ({ params: { file: ids.upload }, related: ['lea'] }),
    addFolder: () => ({ params: { space }, body: { name: 'Géographie' }, related: members }),
    change: ({ ids }) => ({ params: { space, entry: ids.document }, body: { name: 'Autre.txt' }, related: members }),
    copy: ({ ids }) => ({ params: { space: 'mine' }, body: { from: space, entry: ids.document }, related: members }),
    remove: ({ ids }) => ({ params: { space, entry: ids.document }, related: members }),
    restore: ({ ids }) => ({ params: { space, entry: ids.trashed }, related: members }),
    restoreVersion: ({ ids }) => ({
      params: { space, entry: ids.document, file: ids.version },
      related: members,
    }),
  },
})
