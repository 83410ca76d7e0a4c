import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishNews } from '../support/valmont-news.ts'
import { open, screens } from './screen-list.ts'
import { openStage } from './stage.ts'

/** `npm run screens`: every screen at three widths in both themes, as pictures in .preau/screens/. */
const folder = fileURLToPath(new URL('../../.preau/screens/', import.meta.url))
const wanted = process.argv.slice(2)

mkdirSync(folder, { recursive: true })
const stage = await openStage()
try {
  const ids = await publishNews(stage.valmont)
  for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    for (const width of [360, 768, 1280])
      for (const theme of ['light', 'dark'] as const) {
        const visit = await stage.visit(screen.as, { width, theme })
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
  await stage.close()
}
