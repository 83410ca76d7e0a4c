import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import type { Language } from './language.ts'

type Texts = Readonly<Record<string, string>>

const platform = JSON.stringify(join(import.meta.dirname, 'catalogue.ts'))

/** Every text of a language, parsed. Throws for one that is no ICU message. */
const compiled = (texts: Texts) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessageOrThrow(text)]))

/**
 * Puts parsed messages in the place of each messages.ts of a feature or of a folder of it, which exports `messages`: in
 * the languages offered, and no other.
 */
export const catalogues = (languages: readonly Language[]): Plugin => ({
  name: 'preau-catalogues',
  apply: 'build',
  enforce: 'pre',
  async transform(_, id) {
    if (!/\/web\/[a-z]+(\/[a-z]+)?\/messages\.ts$/.test(id)) return undefined
    const { messages } = (await import(pathToFileURL(id).href)) as { messages: { texts: Record<Language, Texts> } }
    const offered = languages.map(language => [language, compiled(messages.texts[language])])
    const texts = JSON.stringify(Object.fromEntries(offered))
    return {
      code: `import { catalogue } from ${platform}\nexport const messages = catalogue(${texts})`,
      map: null,
    }
  },
})
