import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import type { Language } from './offered.ts'

type Texts = Readonly<Record<string, string>>

const platform = JSON.stringify(join(import.meta.dirname, 'catalogue.ts'))
const web = join(import.meta.dirname, '..')
const isCatalogue = /\/web\/(?:[a-z-]+\/)+(?:[a-z]+-)*texts\.ts$/
/** A module that makes a catalogue: wherever it is, its texts have to be parsed. */
const makesOne = /\bcatalogue\(/
/** The module of all texts in one language. */
const textsIn = /^preau-texts-([a-z]+)$/

type Held = { readonly byLanguage: Readonly<Record<string, Texts>>; readonly apart: boolean }

const heldIn = async (path: string): Promise<Held> =>
  ((await import(pathToFileURL(path).href)) as { readonly texts: Held }).texts

/** The texts of one catalogue in a language, parsed. Throws for one that is no ICU message. */
const compiled = ({ byLanguage }: Held, language: string) =>
  Object.entries(byLanguage[language] ?? {}).map(([key, text]) => [key, compileMessageOrThrow(text)])

const literal = (texts: readonly (readonly unknown[])[]): string => JSON.stringify(Object.fromEntries(texts as []))

/**
 * Puts parsed ICU messages in the place of texts. Each texts.ts or <part>-texts.ts of a feature, or of a folder of it, which
 * exports `texts`, however deep it is, keeps those of the default language, the first offered; other-languages.ts fetches those of each
 * other one. A catalogue that is `apart` keeps all that are offered.
 */
export const catalogues = ([first, ...others]: readonly [Language, ...Language[]]): Plugin => ({
  name: 'preau-catalogues',
  apply: 'build',
  enforce: 'pre',
  resolveId: id => (textsIn.test(id) ? id : undefined),
  async load(id) {
    const [, language] = textsIn.exec(id) ?? []
    if (language === undefined) return undefined
    const paths = globSync('**/*.ts', { cwd: web }).map(path => join(web, path))
    const all = await Promise.all(
      paths
        .filter(path => isCatalogue.test(path))
        .sort()
        .map(heldIn),
    )
    return `export const texts = ${literal(all.filter(one => !one.apart).flatMap(one => compiled(one, language)))}`
  },
  async transform(code, id) {
    if (id.endsWith('/platform/other-languages.ts')) {
      const loaders = others.map(language => `${language}: () => import('preau-texts-${language}')`)
      return { code: `export const otherLanguages = { ${loaders.join(', ')} }`, map: null }
    }
    if (!isCatalogue.test(id)) {
      // Its texts would be shown as they are written, placeholders and all.
      if (id.startsWith(`${web}/`) && id !== join(import.meta.dirname, 'catalogue.ts') && makesOne.test(code))
        throw new Error(`${id} makes a catalogue: name it texts.ts or <part>-texts.ts, in a folder of lower-case words`)
      return undefined
    }
    const held = await heldIn(id)
    const kept = (held.apart ? [first, ...others] : [first]).map(one => `${one}: ${literal(compiled(held, one))}`)
    return {
      code: `import { catalogue } from ${platform}\nexport const texts = catalogue({ ${kept.join(', ')} })`,
      map: null,
    }
  },
})
