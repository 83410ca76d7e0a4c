import { afterEach, describe, expect, it, vi } from 'vitest'
import { offeredLanguages } from '../../../web/platform/offered.ts'
import { me } from './stage.ts'

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

describe('startingLanguage()', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  /** The language a person finds in a territory built for these. */
  const found = async (offered: string, own?: 'fr' | 'en') => {
    vi.stubEnv('VITE_LANGUAGES', offered)
    const { startingLanguage } = await import('../../../web/platform/language.ts')
    return startingLanguage({ ...me, person: { ...me.person, ...(own && { language: own }) } })
  }

  it('is the person’s own where it is offered, else the territory’s', async () => {
    expect(await found('fr,en', 'en')).toBe('en')
    vi.resetModules()
    expect(await found('en,fr')).toBe('en')
    vi.resetModules()
    expect(await found('fr', 'en')).toBe('fr')
  })
})
