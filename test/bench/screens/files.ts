import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { LinkedEntry } from '../../../shared/documents/shapes.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { Fixture } from '../../browser/fixture.ts'
import { idOf as idOfTitle } from '../../browser/screen.ts'
import { accepted } from '../../support/accepted.ts'
import { eventually } from '../../support/http.ts'
import { idOf } from '../../support/valmont.ts'
import { assignmentTitles } from '../../support/valmont-hand-ins.ts'
import type { Figure } from '../figure.ts'

/** As many files as a version of a hand-in has, 42 MB in all: about a class's photos. */
const files = { count: 20, bytes: 2_100_000 }
const megabytes = (files.count * files.bytes) / 1e6

/** Milliseconds between two looks at the page's memory. */
const lookEach = 100

/** How long `work` takes, in seconds, and how much more memory the page holds meanwhile at most, in MB. */
const measured = async (page: Page, work: () => Promise<unknown>) => {
  const session = await page.context().newCDPSession(page)
  const held = async () => {
    const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
    return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6
  }
  await session.send('HeapProfiler.collectGarbage')
  const before = await held()
  let most = before
  let isOver = false
  const looking = (async () => {
    for (; !isOver; await page.waitForTimeout(lookEach)) most = Math.max(most, await held())
  })()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1_000
  isOver = true
  await looking
  await session.detach()
  return { seconds, memory: most - before }
}

const figuresOf = (what: string, { seconds, memory }: { seconds: number; memory: number }): Figure[] => [
  {
    what: `${what}: MB a second`,
    value: megabytes / seconds,
    unit: 'MB',
    note: `${files.count} files, ${megabytes} MB, in ${seconds.toFixed(1)} s; browser, edge and bucket on this machine`,
  },
  {
    what: `${what}: memory`,
    value: memory,
    unit: 'MB',
    note: 'of the page’s scripts, at most, beside what it held before',
  },
]

/** A pupil sends files in Documents and hands them in; the teacher downloads all of the assignment as one archive. */
export const measureFiles = async (
  { valmont, visit }: Fixture,
  ids: ReadonlyMap<string, string>,
): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-files-'))
  const names = Array.from({ length: files.count }, (_, at) => `Photo ${at + 1}.bin`)
  for (const name of names) writeFileSync(join(folder, name), randomBytes(files.bytes))
  const [pupil, teacher] = [await visit('ines'), await visit('helene')]
  try {
    await pupil.page.goto('/documents/mine')
    const input = pupil.page.locator('input[type=file]').first()
    await input.waitFor({ state: 'attached' })
    const ines = await valmont.as('ines')
    const listed = async () => {
      const { body } = await accepted(ines.ask(documentsContract.routes.list, { params: { space: 'mine' } }))
      return (body.items as LinkedEntry[]).filter(({ name }) => names.includes(name))
    }
    const all = (isThere: (entry: LinkedEntry) => boolean) =>
      eventually(async () => {
        const found = (await listed()).filter(isThere)
        return found.length === files.count ? found : undefined
      })
    const upload = await measured(pupil.page, async () => {
      await input.setInputFiles(names.map(name => join(folder, name)))
      await all(() => true)
    })
    const attachments = (await all(({ file }) => file?.scan === 'clean')).map(({ id }) => id)
    const piece = idOfTitle(ids, assignmentTitles.open)
    const at = new Date().toISOString()
    const params = { piece, pupil: idOf('ines'), version: timeId(new Date()) }
    await accepted(ines.ask(workContract.routes.sendHandIn, { params, body: { attachments, at, sentAt: at } }))

    await teacher.page.goto(`/notebook/collected/${piece}`)
    const button = teacher.page.getByRole('button', { name: 'Tout télécharger' })
    await button.waitFor()
    const zip = await measured(teacher.page, async () => {
      const downloading = teacher.page.waitForEvent('download')
      await button.click()
      await (await downloading).path()
    })
    return [...figuresOf('upload', upload), ...figuresOf('archive of hand-ins', zip)]
  } finally {
    await Promise.all([pupil.close(), teacher.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
