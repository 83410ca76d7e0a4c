import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { texts } from '../../../web/directory/import/reason-texts.ts'
import { reasonKey, reasons } from '../../../web/directory/import/reasons.ts'

const folder = new URL('../../../functions/directory/import/', import.meta.url).pathname
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

test.each(reasons.map(([begins]) => begins))('reasons has words for what the import says: %s', begins => {
  expect(sources).toMatch(new RegExp(`['"\`]${begins.replaceAll('.', '\\.')}`))
  expect(reasonKey(`${begins} and more`)).toBeDefined()
})

test('reasons has no words for what it does not know, and uses all that it has', () => {
  expect(reasonKey('something new')).toBeUndefined()
  const used = new Set<string>([...reasons.map(([, key]) => key), 'directory.reason.other'])
  expect(used).toEqual(new Set(Object.keys(texts.byLanguage.fr)))
})
