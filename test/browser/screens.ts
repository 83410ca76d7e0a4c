import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { orElse } from '../../bin/did-you-mean.ts'
import { assembly } from '../support/assembly.ts'
import { bringNights } from '../support/nights.ts'
import { placeDocuments } from '../support/valmont-documents.ts'
import { setAssignments } from '../support/valmont-hand-ins.ts'
import { publishNews } from '../support/valmont-news.ts'
import { setWork } from '../support/valmont-work.ts'
import { openFixture } from './fixture.ts'
import type { Screen } from './screen.ts'
import { open, screens } from './screen-list.ts'

/** `npm run screens`: every screen at three widths in both themes and in forced colours, as pictures in .preau/screens/. */
const folder = fileURLToPath(new URL('../../.preau/screens/', import.meta.url))
const wanted = process.argv.slice(2)

type Look = { readonly width: number; readonly look: 'light' | 'dark' | 'forced' | 'print' }

/** Three widths in both themes, two in forced colours; and on paper, as wide as A4 at 96 pixels an inch, what is printed. */
const looksOf = ({ prints }: Screen): readonly Look[] => [
  ...[360, 768, 1280].flatMap(width => (['light', 'dark'] as const).map(look => ({ width, look }))),
  ...[360, 1280].map(width => ({ width, look: 'forced' as const })),
  ...(prints ? [{ width: 794, look: 'print' as const }] : []),
]

const names = screens.map(({ name }) => name)
for (const name of wanted.filter(one => !names.includes(one))) {
  process.stderr.write(`There is no screen ${name}${orElse(name, names)}.\n`)
  process.exit(1)
}

mkdirSync(folder, { recursive: true })
process.stdout.write('Building and starting a territory with some people: a minute or more …\n')
const fixture = await openFixture(await assembly())
try {
  const ids = new Map([
    ...(await publishNews(fixture.valmont)),
    ...(await setWork(fixture.valmont)),
    ...(await placeDocuments(fixture.valmont)),
    ...(await setAssignments(fixture.valmont)),
    ...(await bringNights(fixture.territory)),
  ])
  for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    for (const { width, look } of looksOf(screen)) {
      process.stdout.write(`${screen.name}, ${width} px, ${look}\n`)
      const opened = () => fixture.visit(screen.as, { width, theme: look === 'dark' ? 'dark' : 'light' })
      // A machine that is busy may refuse a sign-in.
      const visit = await opened().catch(opened)
      const picture = join(folder, `${screen.name}-${width}-${look}`)
      try {
        await open(visit.page, screen, ids)
        if (look === 'forced') await visit.page.emulateMedia({ forcedColors: 'active' })
        if (look === 'print') await visit.page.emulateMedia({ media: 'print' })
        await visit.page.evaluate(() => document.fonts.ready.then(() => undefined))
        await visit.page.screenshot({ path: `${picture}.png`, fullPage: true })
      } catch (error) {
        await visit.page.screenshot({ path: `${picture}-failed.png` })
        process.exitCode = 1
        process.stderr.write(`${screen.name} at ${width}, ${look}: ${error}\n`)
      } finally {
        await visit.close()
      }
    }
  process.stdout.write(`The screens are in ${folder}\n`)
} finally {
  await fixture.close()
}
