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
    vi.resetModules()
  })

  /** The language a person finds in a territory built for these. */
  const found = async (offered: string, own?: 'fr' | 'en') => {
    vi.stubEnv('VITE_LANGUAGES', offered)
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
})
