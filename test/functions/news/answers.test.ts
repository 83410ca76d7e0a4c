import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personId } from '../../../functions/directory/identity.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import type { Answer } from '../../../shared/news/question.ts'
import { accepted } from '../../support/accepted.ts'
import { putAll } from '../../support/dynamodb.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
  await t.runClock()
})
afterAll(() => t.close())

const families = audience('class-guardians', groups.sixA.id)
const pupils = audience('class', groups.sixA.id)
const question = { text: 'Autorisez-vous votre enfant à partir ?', kind: 'yes-no' } as const
const later = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000).toISOString()

const notice = (more: Partial<NewsDraft> = {}) =>
  t.publish('anne', { audiences: [families, pupils], notice: 'pupil', question, ...more })
const sign = async (who: string, news: string, answer?: Answer, more: object = {}) => {
  const reply = await t.ask('sign', who, {
    params: { news },
    body: { pupil: t.idOf('lea'), ...(answer && { answer }), ...more },
  })
  await t.stream.deliverToTheEnd()
  return reply
}
const own = async (who: string, news: string) =>
  (await accepted(t.ask('ownAnswers', who, { params: { news } }))).body.items
const readers = async (news: string, query: Record<string, string> = { state: 'signed' }) =>
  (await accepted(t.ask('readers', 'anne', { params: { news }, query }))).body

describe('a notice that asks something', () => {
  it('takes answers to what it asks, and nothing else', async () => {
    const yesNo = await notice()
    for (const answer of [undefined, {}, { choice: 2 }, { words: 'Oui' }])
      expect((await sign('sophie', yesNo, answer)).body?.type, JSON.stringify(answer)).toBe(
        '/api/problems/answer-not-asked',
      )
    expect((await sign('sophie', yesNo, { choice: 1, words: 'Il est malade en car.' })).status).toBe(200)
    const choices = ['Espagnol', 'Allemand', 'Italien']
    const choice = await notice({ question: { text: 'Quelle langue ?', kind: 'choice', choices } })
    expect((await sign('sophie', choice, { choice: 3 })).status).toBe(422)
    expect((await sign('sophie', choice, { choice: 2 })).status).toBe(200)
    const text = await notice({ question: { text: 'Quel régime ?', kind: 'text' } })
    expect((await sign('sophie', text, { choice: 0 })).status).toBe(422)
    expect((await sign('sophie', text, { words: 'Sans porc' })).status).toBe(200)
    const alone = await t.publish('anne', { audiences: [families], notice: 'pupil' })
    expect((await sign('sophie', alone, { choice: 0 })).status).toBe(422)
    expect((await sign('sophie', alone)).status).toBe(200)
  })

  it.each([
    ['a question without a signature', { notice: 'none' as const, question }],
    ['one choice', { question: { text: 'Laquelle ?', kind: 'choice' as const, choices: ['Une'] } }],
    ['the same choice twice', { question: { text: 'Laquelle ?', kind: 'choice' as const, choices: ['Une', 'Une'] } }],
    ['choices of a yes or no', { question: { ...question, choices: ['Oui', 'Non'] } }],
    ['a question of blanks', { question: { ...question, text: ' \u200b ' } }],
    ['a deadline that has passed', { notice: 'pupil' as const, deadline: '2020-01-01T00:00:00.000Z' }],
    ['a deadline without a signature', { notice: 'none' as const, deadline: '2126-01-01T00:00:00.000Z' }],
  ])('is not published with %s', async (_, more) => {
    const body = draftOf({ audiences: [families], notice: 'pupil', ...more })
    expect([400, 422]).toContain((await t.ask('publish', 'anne', { body })).status)
  })

  it('stands on the board with its question and its deadline', async () => {
    const deadline = later(600)
    const news = await notice({ deadline })
    const { items } = (await accepted(t.ask('list', undefined, { params: { audience: families } }))).body
    expect(items.find(({ id }: { id: string }) => id === news)).toMatchObject({ question, deadline })
    const row = await t.platform.table.all(newsPatterns.openRows, { audience: families })
    expect(row.find(({ id }) => id === news)).toMatchObject({ question, deadline })
  })

  it('is told to the other guardian and the pupil as answered, never what, by whom or when', async () => {
    const news = await notice()
    await sign('sophie', news, { choice: 1, words: 'Non merci.' })
    for (const who of ['karim', 'lea']) {
      const told = [
        await t.markOf(who, news),
        (await accepted(t.ask('state', who))).body,
        (await accepted(t.ask('marked', who, { query: { news } }))).body,
        (await accepted(t.ask('read', undefined, { params: { audience: families, news } }))).body,
      ]
      expect(told[0], who).toEqual({ news, signedFor: [t.idOf('lea')] })
      const said = JSON.stringify(told)
      for (const secret of [t.idOf('sophie'), 'Sophie', 'Non merci', '"choice"', '"at"', 'signedAt'])
        expect(said, `${who}: ${secret}`).not.toContain(secret)
    }
    expect(await own('karim', news)).toEqual([])
    expect((await t.ask('ownAnswers', 'lea', { params: { news } })).status).toBe(403)
    expect(await own('sophie', news)).toEqual([
      { signer: t.idOf('lea'), choice: 1, words: 'Non merci.', at: t.clock.now.toISOString() },
    ])
  })

  it('shows the school the answers of both guardians, which differ, beside each other', async () => {
    const news = await notice()
    await sign('sophie', news, { choice: 0 })
    t.clock.now = new Date(later(5))
    await sign('karim', news, { choice: 1, words: 'Pas d’accord.' })
    const { items, counts } = await readers(news, { state: 'signed', answer: 'differing' })
    expect(counts).toMatchObject({ signers: 1, signed: 1, answers: [1, 1], differing: 1 })
    expect(items).toHaveLength(1)
    expect(items[0].answers).toMatchObject([
      { by: { id: t.idOf('sophie') }, choice: 0 },
      { by: { id: t.idOf('karim') }, choice: 1, words: 'Pas d’accord.' },
    ])
    expect((await readers(news, { state: 'signed', answer: '1' })).items).toHaveLength(1)
    await sign('karim', news, { choice: 0 })
    expect((await readers(news)).counts).toMatchObject({ answers: [1, 0], differing: 0 })
    expect((await readers(news, { state: 'signed', answer: '1' })).items).toHaveLength(0)
  })

  it('takes another answer until its deadline by the server’s time, and none after', async () => {
    const news = await notice({ deadline: later(10) })
    await sign('sophie', news, { choice: 0 })
    t.clock.now = new Date(later(9))
    const signedAt = (await t.markOf('sophie', news))?.signedAt
    expect((await sign('sophie', news, { choice: 1 })).status).toBe(200)
    expect((await t.markOf('sophie', news))?.signedAt).toBe(signedAt)
    expect((await own('sophie', news))[0]).toMatchObject({ choice: 1, at: t.clock.now.toISOString() })
    t.clock.now = new Date(later(1))
    for (const who of ['sophie', 'karim'])
      expect((await sign(who, news, { choice: 0 })).body?.type).toBe('/api/problems/deadline-passed')
    expect((await own('sophie', news))[0]).toMatchObject({ choice: 1 })
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [0, 1] })
  })

  it('is answered once by a repeat, and by two devices at one moment', async () => {
    const news = await notice()
    const ask = (choice: number, key: string) =>
      t.ask('sign', 'sophie', { params: { news }, body: { pupil: t.idOf('lea'), answer: { choice } }, key })
    const first = await ask(0, 'first-answer-first-answer')
    await ask(1, 'second-answer-second')
    expect((await ask(0, 'first-answer-first-answer')).body).toEqual(first.body)
    expect((await own('sophie', news))[0].choice).toBe(1)
    const other = await notice()
    const both = await Promise.all(
      ['a', 'b'].map((key, choice) => {
        const body = { pupil: t.idOf('lea'), answer: { choice } }
        return t.ask('sign', 'sophie', { params: { news: other }, body, key: key.repeat(20) })
      }),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await t.stream.deliverToTheEnd()
    const { counts } = await readers(other)
    expect(counts.signed).toBe(1)
    expect(counts.answers.toSorted()).toEqual([0, 1])
  })

  it('asks again where its question changes, and not where its deadline does', async () => {
    const news = await notice()
    await sign('sophie', news, { choice: 0 })
    const draft = draftOf({ audiences: [families, pupils], notice: 'pupil', question })
    const edit = async (more: Partial<NewsDraft>, version: number) => {
      const { body } = await accepted(t.ask('edit', 'anne', { params: { news }, body: { ...draft, ...more, version } }))
      await t.stream.deliverToTheEnd()
      return body
    }
    expect(await edit({ deadline: later(60) }, 1)).not.toHaveProperty('edition')
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [1, 0] })
    const asked = { ...question, text: 'Autorisez-vous votre enfant à partir une semaine ?' }
    expect(await edit({ question: asked }, 2)).toMatchObject({ edition: 2 })
    expect((await readers(news)).counts).toMatchObject({ signed: 0, answers: [0, 0] })
    expect((await sign('sophie', news, { choice: 0 })).body?.type).toBe('/api/problems/text-changed')
    expect((await sign('sophie', news, { choice: 1 }, { edition: 2 })).status).toBe(200)
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [0, 1] })
    const { body } = await accepted(t.ask('formerText', 'sophie', { params: { news, edition: '1' } }))
    expect(body.question).toEqual(question)
  })
})

describe('what came back on paper', () => {
  const enter = async (news: string, signer: string, answer?: Answer, who = 'anne') => {
    const reply = await t.ask('enter', who, { params: { news }, body: { signer: t.idOf(signer), answer } })
    await t.stream.deliverToTheEnd()
    return reply
  }

  it('is entered for a pupil, counts once, and is told to the guardians as any other', async () => {
    const news = await notice({ deadline: later(5) })
    expect((await enter(news, 'lea')).body?.type).toBe('/api/problems/answer-not-asked')
    t.clock.now = new Date(later(10))
    expect((await enter(news, 'lea', { choice: 1 })).status).toBe(204)
    expect((await enter(news, 'lea', { choice: 0 }, 'marc')).status).toBe(204)
    const { items, counts } = await readers(news)
    expect(counts).toMatchObject({ signed: 1, answers: [1, 0], differing: 0 })
    expect(items[0]).toMatchObject({ signedOnPaper: true, answers: [{ choice: 0, onPaper: true }] })
    expect(items[0].answers[0]).not.toHaveProperty('by')
    expect(items[0].paper).toMatchObject({ at: t.clock.now.toISOString(), by: { id: t.idOf('marc') } })
    const answer = await t.platform.table.get(newsPatterns.answer, { news, signer: t.idOf('lea'), by: 'paper' })
    expect(answer).toMatchObject({ enteredBy: t.idOf('marc'), former: [{ choice: 1, enteredBy: t.idOf('anne') }] })
    for (const who of ['sophie', 'karim', 'lea'])
      expect(await t.markOf(who, news)).toEqual({ news, signedFor: [t.idOf('lea')] })
    const fact = await t.platform.table.get(newsPatterns.signature, { news, signer: t.idOf('lea') })
    expect(fact).toMatchObject({ enteredBy: t.idOf('anne') })
  })

  it('is entered for one guardian, who has then signed', async () => {
    const news = await t.publish('anne', { audiences: [families], notice: 'guardian' })
    expect((await enter(news, 'sophie')).status).toBe(204)
    expect((await t.markOf('sophie', news))?.signedAt).toBe(t.clock.now.toISOString())
    expect(await t.markOf('karim', news)).toBeUndefined()
    const { items, counts } = await readers(news)
    expect(counts).toMatchObject({ signers: 2, signed: 1 })
    expect(items[0]).toMatchObject({ id: t.idOf('sophie'), signedOnPaper: true, paper: { by: { id: t.idOf('anne') } } })
  })

  it('is entered for nobody whom the notice does not ask, nor by a teacher of another class', async () => {
    const news = await notice()
    for (const signer of ['tom', 'sophie', 'anne']) expect((await enter(news, signer, { choice: 0 })).status).toBe(404)
    expect((await enter(news, 'lea', { choice: 0 }, 'paul')).status).toBe(404)
    const { body } = await accepted(t.ask('edited', 'anne', { params: { news } }))
    expect(body.uai).toBe(college)
    await accepted(t.ask('withdraw', 'anne', { params: { news } }))
    expect((await enter(news, 'lea', { choice: 0 })).status).toBe(409)
  })
})

describe('a paper that was entered and is taken back', () => {
  const enter = async (news: string, signer: string, answer?: Answer, more: object = {}) => {
    await accepted(t.ask('enter', 'anne', { params: { news }, body: { signer: t.idOf(signer), answer, ...more } }))
    await t.stream.deliverToTheEnd()
    return t.clock.now.toISOString()
  }
  const takeBack = async (news: string, signer: string, at: string, who = 'marc') => {
    t.clock.now = new Date(later(1))
    const reply = await t.ask('takeBack', who, { params: { news }, body: { signer: t.idOf(signer), at } })
    await t.stream.deliverToTheEnd()
    return reply
  }
  const signature = (news: string, signer = 'lea') =>
    t.platform.table.get(newsPatterns.signature, { news, signer: t.idOf(signer) })

  it('asks the pupil’s family again, counts nothing, and says who took it back', async () => {
    const news = await notice()
    const at = await enter(news, 'lea', { choice: 1, words: 'Pas le droit.' })
    expect((await takeBack(news, 'lea', at)).status).toBe(204)
    const { items, counts } = await readers(news, { state: 'unsigned' })
    expect(counts).toMatchObject({ signers: 1, signed: 0, answers: [0, 0] })
    expect(items[0]).toMatchObject({ paperTakenBack: { at: t.clock.now.toISOString(), by: { id: t.idOf('marc') } } })
    for (const absent of ['paper', 'answers', 'signedAt']) expect(items[0]).not.toHaveProperty(absent)
    const listed = (await accepted(t.ask('edited', 'anne', { params: { news } }))).body
    expect(listed.signed).toBe(0)
    for (const who of ['sophie', 'karim', 'lea']) expect(await t.markOf(who, news), who).toBeUndefined()
    expect(await t.platform.table.all(newsPatterns.allTakenBack, { news })).toMatchObject([
      { person: t.idOf('lea'), by: t.idOf('marc'), enteredBy: t.idOf('anne'), choice: 1, words: 'Pas le droit.' },
    ])
    // It may be entered again, and taken back again; a guardian may sign.
    const again = await enter(news, 'lea', { choice: 0 })
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [1, 0] })
    expect((await readers(news)).items[0]).not.toHaveProperty('paperTakenBack')
    expect((await takeBack(news, 'lea', again)).status).toBe(204)
    expect((await sign('sophie', news, { choice: 0 })).status).toBe(200)
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [1, 0] })
    expect(await t.markOf('karim', news)).toEqual({ news, signedFor: [t.idOf('lea')] })
    expect(await t.platform.table.all(newsPatterns.allTakenBack, { news })).toHaveLength(2)
  })

  it('of one guardian, leaves what the other one signed', async () => {
    const news = await t.publish('anne', { audiences: [families], notice: 'guardian' })
    const at = await enter(news, 'sophie')
    await accepted(t.ask('sign', 'karim', { params: { news }, body: {} }))
    expect((await takeBack(news, 'sophie', at)).status).toBe(204)
    expect(await t.markOf('sophie', news)).toBeUndefined()
    expect((await t.markOf('karim', news))?.signedAt).toBeDefined()
    expect((await readers(news)).counts).toMatchObject({ signers: 2, signed: 1 })
  })

  it('leaves what a guardian answered or signed beside it', async () => {
    const news = await notice()
    const at = await enter(news, 'lea', { choice: 1 })
    expect((await sign('sophie', news, { choice: 0 })).status).toBe(200)
    expect((await takeBack(news, 'lea', at)).status).toBe(204)
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [1, 0], differing: 0 })
    expect(await signature(news)).toMatchObject({ by: t.idOf('sophie') })
    expect(await t.markOf('karim', news)).toEqual({ news, signedFor: [t.idOf('lea')] })
    // Signed at the moment at which the paper was entered, of a notice that asks nothing more.
    const alone = await t.publish('anne', { audiences: [families], notice: 'pupil' })
    const before = await enter(alone, 'lea')
    expect((await sign('sophie', alone)).status).toBe(200)
    expect((await takeBack(alone, 'lea', before)).status).toBe(404)
    expect((await readers(alone)).counts).toMatchObject({ signed: 1 })
  })

  it('leaves the signature of the text before, which is asked for anew', async () => {
    const draft = draftOf({ audiences: [families, pupils], notice: 'pupil', question })
    const news = await notice()
    await sign('sophie', news, { choice: 0 })
    const asked = { ...question, text: 'Autorisez-vous votre enfant à partir en car ?' }
    await accepted(t.ask('edit', 'anne', { params: { news }, body: { ...draft, question: asked, version: 1 } }))
    await t.stream.deliverToTheEnd()
    const at = await enter(news, 'lea', { choice: 1 }, { edition: 2 })
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [0, 1] })
    expect((await takeBack(news, 'lea', at)).status).toBe(204)
    const { items, counts } = await readers(news, { state: 'unsigned' })
    expect(counts).toMatchObject({ signed: 0, answers: [0, 0] })
    expect(items[0]).toHaveProperty('formerSignedAt')
    expect((await accepted(t.ask('edited', 'anne', { params: { news } }))).body.signed).toBe(0)
    expect((await t.markOf('karim', news))?.signedEdition).toBeUndefined()
  })

  it('is a conflict where it was corrected since, and nothing to those who may not follow the notice', async () => {
    const news = await notice()
    const at = await enter(news, 'lea', { choice: 1 })
    t.clock.now = new Date(later(1))
    const corrected = await enter(news, 'lea', { choice: 0 })
    expect((await takeBack(news, 'lea', at)).status).toBe(409)
    expect((await takeBack(news, 'lea', corrected, 'paul')).status).toBe(404)
    expect((await takeBack(news, 'tom', corrected)).status).toBe(404)
    expect((await readers(news)).counts).toMatchObject({ signed: 1, answers: [1, 0] })
    expect((await takeBack(news, 'lea', corrected)).status).toBe(204)
    expect(await t.platform.table.all(newsPatterns.allTakenBack, { news })).toMatchObject([
      { choice: 0, former: [{ choice: 1, enteredBy: t.idOf('anne') }] },
    ])
    expect((await takeBack(news, 'lea', corrected)).status).toBe(404)
  })

  it('ends in the same state if the stream gives its changes again', async () => {
    const news = await notice()
    const at = t.clock.now.toISOString()
    const body = { signer: t.idOf('lea') }
    await accepted(t.ask('enter', 'anne', { params: { news }, body: { ...body, answer: { choice: 1 } } }))
    t.clock.now = new Date(later(1))
    await accepted(t.ask('takeBack', 'anne', { params: { news }, body: { ...body, at } }))
    const records = await t.stream.fresh()
    // The entering comes once more after the taking back, and alone.
    for (const given of [records, records, ...records.toReversed().map(one => [one])]) {
      expect((await t.stream.deliver(given)).batchItemFailures).toEqual([])
    }
    await t.stream.deliverToTheEnd()
    expect((await accepted(t.ask('edited', 'anne', { params: { news } }))).body.signed).toBe(0)
    expect(await t.markOf('sophie', news)).toBeUndefined()
  })
})

// The last one: every count changes by this pupil.
describe('a pupil of whom the directory names no guardian', () => {
  it('is awaited, reminds nobody, is on the list for slips, and answers on paper', async () => {
    const person = personId('test', 'pupil alone')
    const row = {
      person,
      givenName: 'Noé',
      familyName: 'Zola',
      role: 'pupil',
      classes: [{ ...groups.sixA, kind: 'class' }],
    }
    await putAll(t.database, [{ pk: `G#${groups.sixA.id}`, sk: `M#pupil#zola noé#${person}`, ...row }])
    const of = async (news: string) => readers(news, { state: 'unsigned' })
    const alone = (items: readonly { readonly id: string }[]) => items.find(({ id }) => id === person)
    const news = await t.publish('anne', { audiences: [families], notice: 'pupil', question })
    const before = await of(news)
    expect(before.counts).toMatchObject({ people: 2, signers: 2, signed: 0 })
    expect(before.reminders.unsigned.people).toBe(2)
    expect(alone(before.items)).toMatchObject({ signs: true, withoutGuardian: true })
    const listed = (await accepted(t.ask('sheet', 'anne', { params: { news } }))).body.items
    expect(alone(listed)).toMatchObject({ signs: true, withoutGuardian: true })
    expect(listed.filter((one: object) => 'withoutGuardian' in one)).toHaveLength(1)
    const body = { signer: person, answer: { choice: 0 } }
    await accepted(t.ask('enter', 'anne', { params: { news }, body }))
    await t.stream.deliverToTheEnd()
    expect((await of(news)).counts).toMatchObject({ signers: 2, signed: 1, answers: [1, 0] })
    expect((await accepted(t.ask('edited', 'anne', { params: { news } }))).body).toMatchObject({
      signers: 2,
      signed: 1,
    })
    // Where each guardian signs, nobody signs for them: they are listed for a slip, and counted nowhere.
    const each = await t.publish('anne', { audiences: [families], notice: 'guardian' })
    expect((await of(each)).counts).toMatchObject({ signers: 2, signed: 0 })
    const ofEach = (await accepted(t.ask('sheet', 'anne', { params: { news: each } }))).body.items
    expect(alone(ofEach)).toMatchObject({ signs: false, withoutGuardian: true })
    expect(ofEach).toHaveLength(3)
  })
})
