import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { audienceKinds } from '../../../shared/kernel/audience.ts'
import { chipsOf, isFound, levelOptionsOf, optionsOf, sectionOf } from '../../../web/news/compose/choices.ts'
import { copyOf, deadlineAfter, deadlineFrom, fromTemplate, templateOf } from '../../../web/news/compose/copy-form.ts'
import { draftKey, draftsIn, editOf } from '../../../web/news/compose/draft.ts'
import {
  draftOf,
  emptyForm,
  formOf,
  isSameForm,
  NewsForm,
  problemsOf,
  refusedFields,
} from '../../../web/news/compose/form.ts'
import { bold, link, list, type Written } from '../../../web/news/compose/format.ts'
import { levelOf } from '../../../web/news/compose/levels.ts'
import { fieldsOfQuestion, questionOf } from '../../../web/news/compose/question-fields.ts'
import { toInstant, toLocal } from '../../../web/ui/local-time.ts'
import { assertProperty } from '../../support/property.ts'

const now = new Date('2026-03-16T07:00:00.000Z')
const [pupils, guardians] = ['0000000000p1', '0000000000g1']
const choices = [
  { id: pupils, kind: 'pupils' as const },
  { id: guardians, kind: 'guardians' as const },
]
const written: NewsForm = { ...emptyForm, title: 'Sortie', body: 'Jeudi.', audiences: [guardians] }

/** A text with its selection between brackets. */
const select = (marked: string): Written => {
  const start = marked.indexOf('[')
  const end = marked.indexOf(']') - 1
  return { text: marked.replace('[', '').replace(']', ''), start, end }
}
const show = ({ text, start, end }: Written) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`

describe('problemsOf()', () => {
  it('finds no problem in a form that can be published', () => {
    expect(problemsOf(written, choices, now)).toEqual({})
    expect(problemsOf({ ...written, notice: 'pupil' }, choices, now)).toEqual({})
  })

  it.each([
    [{ title: '  ' }, { title: 'title-missing' }],
    [{ title: 'x'.repeat(141) }, { title: 'title-too-long' }],
    [{ title: '\u2800' }, { title: 'title-missing' }],
    [{ title: '🎄'.repeat(141) }, { title: 'title-too-long' }],
    [{ body: '\n' }, { body: 'body-missing' }],
    [{ body: '&nbsp;' }, { body: 'body-unseen' }],
    [{ body: 'x'.repeat(20_001) }, { body: 'body-too-long' }],
    [{ body: `${'> '.repeat(11)}x` }, { body: 'body-too-much' }],
    [{ publishAt: 'unreadable' }, { publishAt: 'date-unreadable' }],
    [{ publishAt: '20266-12-12T10:00' }, { publishAt: 'date-unreadable' }],
    [{ until: 'unreadable' }, { until: 'date-unreadable' }],
    [{ until: '2206-12-12T10:00' }, { until: 'date-far' }],
    [{ audiences: [] }, { audiences: 'audiences-missing' }],
    [{ audiences: Array<string>(21).fill(guardians) }, { audiences: 'audiences-too-many' }],
    [{ publishAt: toLocal('2026-03-16T06:59:00.000Z') }, { publishAt: 'publish-past' }],
    [{ until: toLocal('2026-03-16T07:00:00.000Z') }, { until: 'until-not-after' }],
    [
      { publishAt: toLocal('2026-03-18T07:00:00.000Z'), until: toLocal('2026-03-17T07:00:00.000Z') },
      { until: 'until-not-after' },
    ],
    [{ notice: 'guardian', audiences: [pupils] }, { notice: 'notice-without-guardians' }],
  ] as const)('says what %j lacks', (change, expected) => {
    expect(problemsOf({ ...written, ...(change as Partial<NewsForm>) }, choices, now)).toEqual(expected)
  })

  it('says that what stands in the field of recipients chose none', () => {
    expect(problemsOf(written, choices, now, undefined, ' parents ')).toEqual({ audiences: 'audiences-unfinished' })
    expect(problemsOf(written, choices, now, undefined, ' \u200b')).toEqual({})
  })

  it('finds no problem in characters that are two units', () => {
    expect(problemsOf({ ...written, title: '🎄'.repeat(140), body: '🎄'.repeat(20_000) }, choices, now)).toEqual({})
  })

  it('compares the end of a published item with its own date of publication', () => {
    const form = { ...written, until: toLocal('2026-03-15T12:00:00.000Z') }
    expect(problemsOf(form, choices, now, '2026-03-15T07:00:00.000Z')).toEqual({})
  })
})

describe('a notice', () => {
  const notice: NewsForm = { ...written, notice: 'pupil' }
  const asked: NewsForm = { ...notice, asks: 'yes-no', question: 'Vient-il ?' }
  const choosing: NewsForm = { ...notice, asks: 'choice', question: 'Laquelle ?', choices: 'Allemand\n\n Espagnol ' }

  it.each([
    ['a question without words', { ...asked, question: ' \u200b' }, { question: 'question-missing' }],
    ['a long question', { ...asked, question: 'x'.repeat(201) }, { question: 'question-too-long' }],
    ['one choice', { ...choosing, choices: 'Allemand\n \n' }, { choices: 'choices-too-few' }],
    ['nine choices', { ...choosing, choices: [...'abcdefghi'].join('\n') }, { choices: 'choices-too-many' }],
    ['a long choice', { ...choosing, choices: `a\n${'x'.repeat(81)}` }, { choices: 'choices-too-long' }],
    ['a choice twice', { ...choosing, choices: 'a\nb\na ' }, { choices: 'choices-twice' }],
    [
      'a deadline that has passed',
      { ...notice, deadline: toLocal(now.toISOString()) },
      { deadline: 'deadline-not-between' },
    ],
    [
      'a deadline after the end',
      { ...notice, until: '2026-03-20T08:00', deadline: '2026-03-20T08:01' },
      { deadline: 'deadline-not-between' },
    ],
    ['half a deadline', { ...notice, deadline: 'unreadable' }, { deadline: 'date-unreadable' }],
  ] as const)('is not sent with %s', (_, form, expected) => {
    expect(problemsOf(form, choices, now)).toEqual(expected)
  })

  it('is sent with what it asks, and read back as it was', () => {
    for (const [form, question] of [
      [notice, undefined],
      [asked, { text: 'Vient-il ?', kind: 'yes-no' }],
      [choosing, { text: 'Laquelle ?', kind: 'choice', choices: ['Allemand', 'Espagnol'] }],
      [
        { ...asked, asks: 'text' },
        { text: 'Vient-il ?', kind: 'text' },
      ],
    ] as const) {
      const dated = { ...form, deadline: '2026-03-19T18:00' }
      expect(problemsOf(dated, choices, now)).toEqual({})
      const sent = draftOf(dated, '0750001A')
      expect([sent.question, toLocal(sent.deadline ?? '')]).toEqual([question, '2026-03-19T18:00'])
      expect(questionOf(fieldsOfQuestion(sent.question))).toEqual(question)
    }
  })

  it('leaves all of that out where nothing is to be signed, whatever stands in the fields', () => {
    const form: NewsForm = { ...asked, notice: 'none', question: '', deadline: 'unreadable' }
    expect(problemsOf(form, choices, now)).toEqual({})
    expect(Object.keys(draftOf(form, '0750001A'))).not.toEqual(expect.arrayContaining(['question', 'deadline']))
  })

  it('has a draft of before read without a question', () => {
    const { asks: _, question: __, choices: ___, deadline: ____, ...before } = written
    expect(z.parse(NewsForm, before)).toEqual(written)
  })
})

describe('draftOf()', () => {
  it('converts dates from the territory’s time zone', () => {
    const at = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
      .map(date => new Date(Math.floor(date.getTime() / 60_000) * 60_000).toISOString())
    assertProperty(
      fc.property(at, until => {
        expect(toLocal(draftOf({ ...written, until: toLocal(until) }, '0750001A').until ?? '')).toBe(toLocal(until))
      }),
    )
  })

  it('keeps the instants of fields that an edit did not change', () => {
    const before = { publishedAt: '2026-03-18T07:00:12.345Z', until: '2026-03-20T07:00:59.000Z' }
    const form = { ...written, publishAt: toLocal(before.publishedAt), until: toLocal(before.until) }
    expect(draftOf(form, '0750001A', before)).toMatchObject({ publishAt: before.publishedAt, until: before.until })
    const changed = draftOf({ ...form, until: toLocal('2026-03-21T07:00:00.000Z') }, '0750001A', before)
    expect(changed.until).toBe('2026-03-21T07:00:00.000Z')
  })

  it('sends no form with a date that its field cannot give', () => {
    expect(() => draftOf({ ...written, publishAt: 'unreadable' }, '0750001A')).toThrow()
  })

  it('omits empty dates', () => {
    expect(draftOf(written, '0750001A')).toEqual({
      uai: '0750001A',
      title: 'Sortie',
      body: 'Jeudi.',
      audiences: [guardians],
      pinned: false,
      urgent: false,
      notice: 'none',
    })
  })
})

describe('formOf()', () => {
  it('is the inverse of draftOf() for a published item', () => {
    const news = {
      ...draftOf({ ...written, until: '2026-03-20T08:00', urgent: true }, '0750001A'),
      id: 'n',
      schoolName: '',
      excerpt: '',
      author: { id: 'a', name: 'Marc', role: 'head' as const },
      publishedAt: now.toISOString(),
      audiences: [{ id: guardians, kind: 'guardians' as const, label: '' }],
      state: 'published' as const,
      people: 1,
      signers: 0,
      seen: 0,
      signed: 0,
      version: 1,
    }
    expect(formOf(news)).toEqual({ ...written, until: '2026-03-20T08:00', urgent: true })
    expect(formOf({ ...news, state: 'scheduled' }).publishAt).toBe(toLocal(now.toISOString()))
  })
})

describe('isSameForm()', () => {
  it('sees nothing in blanks, and every field', () => {
    expect(isSameForm({ ...emptyForm, title: ' ', body: '\n' }, emptyForm)).toBe(true)
    for (const change of [
      { title: 'x' },
      { body: 'x' },
      { audiences: [pupils] },
      { urgent: true },
      { until: 'unreadable' },
      { attachments: [{ id: '0'.repeat(22), name: 'x', length: 1, type: 'text/plain' }] },
    ])
      expect(isSameForm({ ...emptyForm, ...change }, emptyForm), JSON.stringify(change)).toBe(false)
  })
})

describe('refusedFields()', () => {
  it('maps a refusal to the field it concerns', () => {
    expect(
      refusedFields({ type: 'audience-not-allowed', errors: [{ path: 'body.audiences.1', message: '' }] }),
    ).toEqual({
      audiences: 'audience-not-allowed',
    })
    expect(refusedFields({ type: 'invalid-request', errors: [{ path: 'body.notice', message: '' }] })).toEqual({
      notice: 'notice-fixed',
    })
    expect(refusedFields({ type: 'invalid-request', errors: [{ path: 'body.title', message: '' }] })).toEqual({
      title: 'refused',
    })
    expect(refusedFields({ type: 'unavailable' })).toEqual({})
  })
})

const memory = (): Storage => {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    clear: () => held.clear(),
    getItem: key => held.get(key) ?? null,
    key: at => [...held.keys()][at] ?? null,
    removeItem: key => void held.delete(key),
    setItem: (key, value) => void held.set(key, value),
  }
}

describe('draftsIn()', () => {
  it('stores one draft for each person and school', () => {
    const storage = memory()
    const drafts = draftsIn(storage)
    const draft = { form: written, at: now, tab: 'one', version: 3 }
    expect(drafts.save('marc', '0750001A', draft)).toBe(true)
    expect(draftsIn(storage).read('marc', '0750001A', now)).toEqual(draft)
    expect(drafts.read('marc', editOf('0750001A'), now)).toBeUndefined()
    expect(drafts.read('claire', '0750001A', now)).toBeUndefined()
    expect(drafts.read('marc', '0750002B', now)).toBeUndefined()
    drafts.clear('marc', '0750001A')
    expect(storage.length).toBe(0)
  })

  it('reads drafts of before, and ignores those older than 60 days', () => {
    const storage = memory()
    const drafts = draftsIn(storage)
    storage.setItem(draftKey('marc', '0750001A'), JSON.stringify({ form: written, at: now.getTime() }))
    expect(drafts.read('marc', '0750001A', now)).toEqual({ form: written, at: now })
    expect(drafts.read('marc', '0750001A', new Date('2026-06-01'))).toBeUndefined()
  })

  it('works with a storage that is full, denied, or holds something else', () => {
    const refusing = (): never => {
      throw new DOMException('', 'QuotaExceededError')
    }
    const closed = draftsIn({ ...memory(), getItem: refusing, setItem: refusing, removeItem: refusing })
    expect(closed.save('marc', '0750001A', { form: written, at: now })).toBe(false)
    expect(closed.read('marc', '0750001A', now)).toBeUndefined()
    expect(() => closed.clear('marc', '0750001A')).not.toThrow()
    const odd = memory()
    odd.setItem('preau.news.draft.marc.0750001A', '{"form":{"title":3}}')
    expect(draftsIn(odd).read('marc', '0750001A', now)).toBeUndefined()
  })
})

describe('bold()', () => {
  it.each([
    ['un [deux] trois', 'un **[deux]** trois'],
    ['un **[deux]** trois', 'un [deux] trois'],
    ['un [**deux**] trois', 'un [deux] trois'],
    ['un[ deux ]trois', 'un **[deux]** trois'],
    ['un []', 'un **[]**'],
  ])('turns %j into %j', (before, after) => {
    expect(show(bold(select(before)))).toBe(after)
  })

  it('restores the text when applied twice', () => {
    assertProperty(
      fc.property(fc.stringMatching(/^[a-zé ]{1,20}$/), fc.nat(20), fc.nat(20), (text, a, b) => {
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
        expect(bold(bold({ text, start, end })).text).toBe(text)
      }),
    )
  })
})

describe('list()', () => {
  it.each([
    ['un\n[deux\ntrois]\nquatre', 'un\n[- deux\n- trois]\nquatre'],
    ['un\n[- deux\n- trois]', 'un\n[deux\ntrois]'],
    ['[]', '- []'],
    ['un[]', '- un[]'],
    ['[un\n\ndeux]', '[- un\n\n- deux]'],
  ])('turns %j into %j', (before, after) => {
    expect(show(list(select(before)))).toBe(after)
  })
})

describe('link()', () => {
  it('selects the placeholder to be typed over', () => {
    expect(link(select('voir [ici] demain'))).toMatchObject({ text: 'voir [ici](https://) demain', start: 11, end: 19 })
    expect(link({ text: 'https://a.example', start: 0, end: 17 })).toMatchObject({
      text: '[](https://a.example)',
      start: 1,
    })
    expect(link(select('voir [www.college.fr]')).text).toBe('voir [](www.college.fr)')
  })
})

describe('isFound()', () => {
  it.each([
    ['class', 'Élèves de 6e A', 'eleves', true],
    ['class', 'Élèves de 6e A', '6ea', true],
    ['class', 'Élèves de 6e A', '6e élè', true],
    ['class', 'Élèves de 6e A', '6e B', false],
    ['class', 'Élèves de 6e A', 'parents', false],
    ['class-guardians', 'Responsables de 5e B', 'resp 5', true],
    ['class-guardians', 'Responsables de 5e B', 'parents 5e b', true],
    ['class-guardians', 'Responsables de 5e B', 'familles 6e', false],
    ['guardians', 'Tous les responsables', 'familles', true],
    ['guardians', 'All guardians', 'Parents', true],
    ['teachers', 'Tous les professeurs', 'profs', true],
    ['teachers', 'All teachers', 'enseignants', true],
    ['adults', 'Tous les adultes', 'personnel', true],
    ['pupils', 'Tous les élèves', 'children', true],
    ['school', 'Tout l’établissement', 'etab', true],
    ['school', 'Tout l’établissement', 'tout le monde', true],
    ['school', 'Tout l’établissement', '', true],
  ] as const)('of %s in %j, typing %j: %s', (kind, label, typed, expected) => {
    expect(isFound([kind], label, typed)).toBe(expected)
  })
})

describe('optionsOf()', () => {
  it('offers the pupils and guardians of a class together, after each of them', () => {
    const of = (kind: 'class' | 'class-guardians' | 'guardians', group?: string) => ({
      id: `${kind}${group ?? ''}`,
      kind,
      uai: '0750001A',
      label: '6e A',
      ...(group && { group }),
    })
    const listed = [of('guardians'), of('class', 'a'), of('class-guardians', 'a'), of('class-guardians', 'b')]
    const options = optionsOf(
      listed,
      ({ id }) => id,
      ({ group }) => `both ${group}`,
    )
    expect(options.map(({ name, audiences }) => [name, ...audiences.map(({ id }) => id)])).toEqual([
      ['guardians', 'guardians'],
      ['classa', 'classa'],
      ['class-guardiansa', 'class-guardiansa'],
      ['both a', 'classa', 'class-guardiansa'],
      ['class-guardiansb', 'class-guardiansb'],
    ])
  })
})

describe('levelOf()', () => {
  it.each([
    ['6e A', '6e'],
    ['6EME 3', '6e'],
    ['6eA', '6e'],
    ['601', undefined],
    ['CM1', 'CM1'],
    ['CM2 B', 'CM2'],
    ['CE1-CE2', 'CE1'],
    ['2NDE 4', '2de'],
    ['1ère G2', '1re'],
    ['Tle S1', 'Tle'],
    ['TERM STMG', 'Tle'],
    ['Théâtre', undefined],
    ['Chorale', undefined],
    ['ULIS', undefined],
    ['', undefined],
  ])('tells of %j %j', (name, level) => expect(levelOf(name)).toBe(level))
})

describe('levelOptionsOf() and chipsOf()', () => {
  const of = (kind: 'class' | 'class-guardians', label: string, groupKind: 'class' | 'group' = 'class') => ({
    id: `${kind} ${label}`,
    kind,
    uai: '0750001A',
    label,
    group: label,
    groupKind,
  })
  const listed = ['6e A', '6e B', '5e A'].flatMap(label => [of('class', label), of('class-guardians', label)])
  const group = [of('class', '6e LATIN', 'group'), of('class-guardians', '6e LATIN', 'group')]
  const levels = levelOptionsOf(
    [...listed, ...group],
    (level, which, classes) => `${which} ${level} ${classes.join(' ')}`,
  )
  const options = [
    ...optionsOf(
      listed,
      ({ id }) => id,
      ({ label }) => `both ${label}`,
    ),
    ...levels,
  ]

  it('offers a level of two classes at least, and names the classes that it takes', () => {
    expect(levels.map(({ name }) => name)).toEqual([
      'class 6e 6e A 6e B',
      'class-guardians 6e 6e A 6e B',
      'both 6e 6e A 6e B',
    ])
    expect(levels[1]?.audiences.map(({ id }) => id)).toEqual(['class-guardians 6e A', 'class-guardians 6e B'])
  })

  it('shows each chosen audience once, in the widest choice that is wholly chosen', () => {
    const both = ['class 6e A', 'class-guardians 6e A']
    expect(chipsOf(options, both).map(({ name }) => name)).toEqual(['both 6e A'])
    expect(chipsOf(options, [...both, 'class 5e A']).map(({ name }) => name)).toEqual(['both 6e A', 'class 5e A'])
    const all = [...both, 'class 6e B', 'class-guardians 6e B']
    expect(chipsOf(options, all).map(({ name }) => name)).toEqual(['both 6e 6e A 6e B'])
    // Of two that are as wide, the first.
    const part = ['class 6e A', 'class 6e B', 'class-guardians 6e A']
    expect(chipsOf(options, part).map(({ name }) => name)).toEqual(['both 6e A', 'class 6e B'])
  })
})

describe('copyOf() and templateOf()', () => {
  it('keeps how long after publication is answered until, over a change of the clocks', () => {
    const after = deadlineAfter('2026-03-20T07:00:00.000Z', toInstant('2026-04-01T18:00') ?? '')
    expect(after).toEqual({ days: 12, time: '18:00' })
    expect(deadlineFrom(new Date('2026-10-20T08:00:00.000Z'), after)).toBe('2026-11-01T18:00')
    expect(deadlineFrom(new Date('2026-10-20T20:00:00.000Z'), { days: 0, time: '08:00' })).toBe('')
  })

  it('begins a template with what it kept, and without recipients or dates', () => {
    const form: NewsForm = {
      ...written,
      notice: 'pupil',
      asks: 'yes-no',
      question: 'Vient-il ?',
      deadline: toLocal(new Date(now.getTime() + 7 * 86_400_000).toISOString()),
    }
    const template = { id: '0'.repeat(22), of: 'mine', name: 'Sortie', ...templateOf(form, now) } as const
    expect(fromTemplate(template, now)).toEqual({ ...form, audiences: [], publishAt: '', until: '' })
  })

  it('copies a publication without its dates', () => {
    const news = {
      title: 'Sortie',
      body: 'Texte',
      audiences: [{ id: 'a', kind: 'class', label: '6e A' }],
      pinned: true,
      urgent: false,
      notice: 'guardian',
      publishedAt: '2026-01-05T07:00:00.000Z',
      until: '2026-01-20T07:00:00.000Z',
      deadline: '2026-01-12T17:00:00.000Z',
      state: 'ended',
    } as unknown as Parameters<typeof copyOf>[0]
    const copy = copyOf(news, now)
    expect(copy).toMatchObject({ title: 'Sortie', audiences: ['a'], pinned: true, publishAt: '', until: '' })
    expect(copy.deadline.slice(0, 10)).toBe(
      toLocal(new Date(now.getTime() + 7 * 86_400_000).toISOString()).slice(0, 10),
    )
  })
})

describe('sectionOf()', () => {
  it('has a section for each kind, and distinguishes classes from groups', () => {
    const sections = audienceKinds.map(kind => sectionOf({ kind, groupKind: 'class' }))
    expect(sections).toEqual(['school', 'roles', 'roles', 'roles', 'roles', 'classes', 'classes'])
    expect(sectionOf({ kind: 'class', groupKind: 'group' })).toBe('groups')
  })
})
