import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { orElse } from '../../bin/did-you-mean.ts'
import { assembly } from '../support/assembly.ts'
import { bringNights } from '../support/nights.ts'
import { publishNews } from '../support/valmont-news.ts'
import { openFixture } from './fixture.ts'
import { open, screens } from './screen-list.ts'

/** `npm run screens`: every screen at three widths in both themes, as pictures in .preau/screens/. */
const folder = fileURLToPath(new URL('../../.preau/screens/', import.meta.url))
const wanted = process.argv.slice(2)

const names = screens.map(({ name }) => name)
for (const name of wanted.filter(one => !names.includes(one))) {
  process.stderr.write(`There is no screen ${name}${orElse(name, names)}.\n`)
  process.exit(1)
}

mkdirSync(folder, { recursive: true })
process.stdout.write('Building and starting a territory with some people: a minute or more …\n')
const fixture = await openFixture(await assembly())
try {
  const ids = new Map([...(await publishNews(fixture.valmont)), ...(await bringNights(fixture.territory))])
  for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    for (const width of [360, 768, 1280])
      for (const theme of ['light', 'dark'] as const) {
        process.stdout.write(`${screen.name}, ${width} px, ${theme}\n`)
        const visit = await fixture.visit(screen.as, { width, theme })
        try {
          await open(visit.page, screen, ids)
          await visit.page.screenshot({ path: join(folder, `${screen.name}-${width}-${theme}.png`), fullPage: true })
        } catch (error) {
          await visit.page.screenshot({ path: join(folder, `${screen.name}-${width}-${theme}-failed.png`) })
          process.exitCode = 1
          process.stderr.write(`${screen.name} at ${width}, ${theme}: ${error}\n`)
        } finally {
          await visit.close()
        }
      }
  process.stdout.write(`The screens are in ${folder}\n`)
} finally {
  await fixture.close()
}
