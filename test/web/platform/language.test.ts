import { afterEach, describe, expect, it, vi } from 'vitest'
import { offeredLanguages } from '../../../web/platform/offered.ts'
import { me } from './fixture.ts'

describe('offeredLanguages()', () => {
  it.each([
    [undefined, ['fr', 'en']],
    ['fr,en', ['fr', 'en']],
    ['en,fr', ['en', 'fr']],
    ['en', ['en']],
  ])('reads %s', (asked, languages) => {
    expect(offeredLanguages(asked)).toEqual(languages)
  })

  it.each(['de', 'fr,de', '', 'fr, en'])('refuses %j', asked => {
    expect(() => offeredLanguages(asked)).toThrow('It has: fr, en.')
  })
})

describe('initialLanguage()', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  /** The language a person finds in a territory built for these. */
  const found = async (offered: string, own?: 'fr' | 'en', browser: readonly string[] = []) => {
    vi.stubEnv('VITE_LANGUAGES', offered)
    vi.stubGlobal('navigator', { languages: browser })
    const { initialLanguage } = await import('../../../web/platform/language.ts')
    return initialLanguage({ ...me, person: { ...me.person, ...(own && { language: own }) } })
  }

  it('is the person’s language if the territory offers it, else the territory’s default', async () => {
    expect(await found('fr,en', 'en')).toBe('en')
    vi.resetModules()
    expect(await found('en,fr')).toBe('en')
    vi.resetModules()
    expect(await found('fr', 'en')).toBe('fr')
  })

  it.each([
    ['the first one offered that the browser asks for', ['de-CH', 'en-GB', 'fr'], undefined, 'en'],
    ['the person’s own before that', ['en'], 'fr', 'fr'],
    ['the territory’s default for a browser that asks for others', ['de', 'ar'], undefined, 'fr'],
  ] as const)('is %s', async (_, browser, own, language) => {
    expect(await found('fr,en', own, browser)).toBe(language)
  })
})
