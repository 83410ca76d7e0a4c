import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import type { Language } from './offered.ts'

type Texts = Readonly<Record<string, string>>

const platform = JSON.stringify(join(import.meta.dirname, 'catalogue.ts'))

/** Every text of a language, parsed. Throws for one that is no ICU message. */
const compiled = (texts: Texts) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessageOrThrow(text)]))

/**
 * Replaces each texts.ts or <part>-texts.ts of a feature, or of a folder of it, which exports `texts`, by its parsed ICU
 * messages in the languages offered.
 */
export const catalogues = (languages: readonly Language[]): Plugin => ({
  name: 'preau-catalogues',
  apply: 'build',
  enforce: 'pre',
  async transform(_, id) {
    if (!/\/web\/[a-z]+(\/[a-z]+)?\/([a-z]+-)?texts\.ts$/.test(id)) return undefined
    const { texts } = (await import(pathToFileURL(id).href)) as { texts: { byLanguage: Record<Language, Texts> } }
    const offered = languages.map(language => [language, compiled(texts.byLanguage[language])])
    const messages = JSON.stringify(Object.fromEntries(offered))
    return {
      code: `import { catalogue } from ${platform}\nexport const texts = catalogue(${messages})`,
      map: null,
    }
  },
})
