import type { Messages } from '@lingui/core'
import type { Language } from './offered.ts'

/**
 * Fetches the texts of a language other than the territory's default: all of them are one file, for somebody who chose it.
 * Empty as it stands here, where each catalogue holds every language; the build (catalogues.plugin.ts) fills it in.
 */
export const otherLanguages: { readonly [Chosen in Language]?: () => Promise<{ readonly texts: Messages }> } = {}
