import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { codesCsv } from '../../../../bin/directory/codes/csv.ts'
import { codesPage } from '../../../../bin/directory/codes/page.ts'
import { languages, texts, wordsOf } from '../../../../bin/directory/codes/texts.ts'
import type { IssuedCode } from '../../../../shared/directory/contract.ts'
import { roles } from '../../../../shared/kernel/role.ts'
import { texts as ofDirectory } from '../../../../web/directory/texts.ts'
import { texts as ofSession } from '../../../../web/session/texts.ts'
import { rowsOf } from './rows.ts'

/** What a text is filled in with: `{count, plural, …}` and `{school}`. */
const filledWith = (text: string): string[] => {
  const names = (parsed: unknown): string[] =>
    Array.isArray(parsed)
      ? parsed.flatMap(token => {
          if (!Array.isArray(token)) return []
          const [name, kind = 'text', cases = {}] = token as [string, string?, object?]
          return [`${name} ${kind}`, ...Object.values(cases).flatMap(names)]
        })
      : []
  return [...new Set(names(compileMessageOrThrow(text)))].sort()
}

describe('the texts of the sheets', () => {
  test('say the same in French and English, filled in with the same', () => {
    expect(Object.keys(texts.en)).toEqual(Object.keys(texts.fr))
    for (const key of Object.keys(texts.fr) as (keyof typeof texts.fr)[])
      expect([key, filledWith(texts.en[key])]).toEqual([key, filledWith(texts.fr[key])])
    expect(filledWith(texts.fr['codes.page'])).toEqual(['date text', 'number text', 'of text', 'school text'])
  })

  test.each(languages)('in %s call roles and the button what the web app calls them, and hold no markup', language => {
    const said: Readonly<Record<string, string>> = texts[language]
    for (const role of roles)
      for (const kind of ['is', 'role'] as const)
        expect(said[`codes.${kind}.${role}`]).toBe(ofDirectory.byLanguage[language][`directory.${kind}.${role}`])
    expect(said['codes.login']).toBe(ofDirectory.byLanguage[language]['directory.codes.login'])
    expect(said['codes.how']).toContain(ofSession.byLanguage[language]['session.activate-link'])
    expect(Object.values(said).filter(text => /[<>&]/.test(text))).toEqual([])
  })

  test('stand on the page and in the CSV in the language chosen', () => {
    const handed: IssuedCode = {
      person: '0'.repeat(16),
      givenName: 'Zoé',
      familyName: 'Petit',
      role: 'pupil-life',
      children: [],
      login: 'zoe.petit',
      code: 'k7pq-2m9x-w4td',
      expiresAt: '2026-11-01T06:00:00.000Z',
    }
    const [french, english] = (['fr', 'en'] as const).map(language => {
      const place = { school: 'Les Saules', address: 'https://v.example', now: new Date('2026-09-02T06:00:00.000Z') }
      const sheet = { ...place, words: wordsOf(language) }
      return { page: codesPage([handed], sheet), rows: rowsOf(codesCsv([handed], sheet)) }
    })
    expect(french?.page).toMatch(/<html lang="fr">[\s\S]*<h1>Vie scolaire<\/h1>[\s\S]*Vie scolaire · Les Saules/)
    expect(french?.page).toContain('Code, bon jusqu’au 1er novembre 2026')
    expect(english?.page).toMatch(
      /<html lang="en">[\s\S]*<h1>Pupil-life staff<\/h1>[\s\S]*Pupil-life staff · Les Saules/,
    )
    expect(english?.page).toContain('Code, good until 1 November 2026')
    expect(french?.rows.map(([role]) => role)).toEqual(['Profil', 'Vie scolaire'])
    expect(english?.rows.map(([role]) => role)).toEqual(['Role', 'Pupil-life staff'])
  })
})
