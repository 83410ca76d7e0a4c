import { describe, expect, it } from 'vitest'
import { NewsDraft } from '../../../shared/news/draft.ts'

const draft = {
  uai: '0750001A',
  title: 'Sortie',
  body: 'Départ à **8 h**.',
  audiences: ['0'.repeat(12)],
  pinned: false,
  urgent: false,
  notice: 'none',
}

describe('NewsDraft', () => {
  it.each([
    ['turns nothing around', 'Payer \u202egpj.exe\u202c', 'Payer gpj.exe'],
    ['holds no unseen signs', '\ufeffSor\u00adtie\u200b', 'Sortie'],
    ['stands on one line', 'Sortie\r\n\tau musée\u2028demain', 'Sortie au musée demain'],
    ['keeps what joins letters and signs', 'می\u200cخواهم 👩\u200d🏫', 'می\u200cخواهم 👩\u200d🏫'],
  ])('has a title that %s', (_, title, expected) => {
    expect(NewsDraft.parse({ ...draft, title }).title).toBe(expected)
  })

  it.each([
    '\u2800',
    '\u3164',
    '\u115f',
    '\u200d',
    '\u034f',
    '\ufe0f',
    '\u061c',
    '\u{e0041}',
    ' \u200b\u202e\ufeff',
    '\u0301',
  ])('has a title and a text that show something, and not %j', nothing => {
    for (const field of ['title', 'body'])
      expect(NewsDraft.safeParse({ ...draft, [field]: nothing }).success).toBe(false)
  })

  it('counts characters, of which an emoji is one or some', () => {
    expect(NewsDraft.safeParse({ ...draft, title: '🎄'.repeat(140), body: '🎄'.repeat(20_000) }).success).toBe(true)
    expect(NewsDraft.safeParse({ ...draft, title: '🎄'.repeat(141) }).success).toBe(false)
  })

  it('keeps the lines of its text', () => {
    const body = 'Un\n\n- deux\t\u202etrois'
    expect(NewsDraft.parse({ ...draft, body }).body).toBe('Un\n\n- deux\ttrois')
  })
})
