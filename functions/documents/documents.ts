import { documentsContract } from '../../shared/documents/contract.ts'
import { serve } from '../platform/serve.ts'
import { announce, cancel, complete, upload } from './announcing.ts'
import { addFolder, change, copy, remove, restore } from './changing.ts'
import type { Limits } from './limits.ts'
import { entry, list, spaces, trash, unscanned } from './reading.ts'
import { type DocumentsPlatform, documentsRelations } from './relations.ts'
import type { SignGet } from './signed-get.ts'
import type { StoredObjects } from './stored-objects.ts'
import { restoreVersion } from './versions.ts'

/** What the documents' function has beside the platform. */
export type DocumentsMeans = {
  readonly limits: Limits
  readonly objects: Pick<StoredObjects, 'begin' | 'parts' | 'complete' | 'abort'>
  readonly signGet: SignGet
}

/** People's documents: spaces, uploads, versions, trash. */
export const documentsHandler = (platform: DocumentsPlatform, { limits, objects, signGet }: DocumentsMeans) =>
  serve(documentsContract, platform, documentsRelations(platform), {
    spaces: spaces(platform, limits),
    list: list(platform),
    trash: trash(platform),
    entry: entry(platform),
    unscanned: unscanned(signGet),
    announce: announce(platform, limits, objects),
    upload: upload(),
    complete: complete(objects),
    cancel: cancel(objects),
    addFolder: addFolder(platform),
    change: change(platform),
    copy: copy(platform, limits),
    remove: remove(platform),
    restore: restore(platform, limits),
    restoreVersion: restoreVersion(platform, limits),
  })
