import { closedPatterns } from '../../../functions/directory/closed-groups.ts'
import { changePatterns } from '../../../functions/directory/import/change-patterns.ts'
import { runPatterns } from '../../../functions/directory/import/runs.ts'
import { importPatterns, searchPatterns } from '../../../functions/directory/patterns.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { factorPatterns } from '../../../functions/session/factor-patterns.ts'
import { leaveDocuments } from './documents.ts'
import { idOf, type Lively } from './lively.ts'
import { leaveWork } from './work.ts'

const college = '0990001A'
const question = { text: 'Autorisez-vous la sortie ?', kind: 'yes-no' } as const
const ends = Math.floor(Date.now() / 1000) + 400 * 86_400

/** People do all that leaves traces of them; gives the notice that they signed. */
export const live = async (t: Lively): Promise<string> => {
  const { news, directory, items, audiences, clock, tick } = t
  const people = [idOf('noe'), idOf('ida'), idOf('zoe'), idOf('berthe'), idOf('nadia')]
  await directory('issueCodes', 'berthe', { params: { uai: college }, body: { people: [idOf('noe'), idOf('ida')] } })
  await directory('issueCodes', 'nadia', { params: { uai: college }, body: { people: people.slice(2) } })
  const decision = {
    params: { person: idOf('noe'), child: idOf('zoe') },
    body: { kind: 'granted', reason: 'Accueil de Zoélie Valdemort', until: '2028-01-01' },
  }
  await directory('decide', 'berthe', decision)
  await directory('decide', 'nadia', { ...decision, params: { person: idOf('ida'), child: idOf('zoe') } })

  const { families, pupils, group } = await audiences()
  const draft = {
    ...{
      uai: college,
      title: 'Sortie',
      body: 'Au musée.',
      audiences: [families, pupils],
      pinned: false,
      urgent: false,
    },
    ...{ notice: 'pupil', question },
  }
  const id = (await news('publish', 'berthe', { body: draft })).body.id as string
  for (const who of ['noe', 'ida', 'zoe'] as const) await news('seen', who, { body: { news: [id] } })
  const sign = (who: 'noe' | 'ida', pupil: string) =>
    news('sign', who, { params: { news: id }, body: { pupil, answer: { choice: 0 } } })
  await sign('ida', idOf('zoe'))
  await sign('noe', idOf('zoe'))
  await sign('ida', idOf('tim'))
  await news('enter', 'berthe', { params: { news: id }, body: { signer: idOf('tim'), answer: { choice: 1 } } })
  // Papers that were taken back: of a pupil who stays, and of one who is erased.
  const taken = { by: idOf('berthe'), enteredAt: clock.now.toISOString(), enteredBy: idOf('berthe') }
  const before = { at: clock.now.toISOString(), choice: 1, enteredBy: idOf('berthe') }
  for (const pupil of ['tim', 'zoe'] as const) {
    const back = { person: idOf(pupil), at: clock.now.toISOString(), ...taken, former: [before] }
    const signature = { by: idOf('noe'), through: [families] }
    await items.put(newsPatterns.takenBack, { news: id, signer: idOf(pupil), at: back.at }, { ...back, signature })
  }
  // A signature and an answer of a guardian who is erased, for a pupil who stays.
  const fact = await items.get(newsPatterns.signature, { news: id, signer: idOf('tim') })
  await items.put(newsPatterns.signature, { news: id, signer: idOf('tim') }, { ...fact, by: idOf('noe') })
  await items.put(
    newsPatterns.answer,
    { news: id, signer: idOf('tim'), by: idOf('noe') },
    {
      ...{ person: idOf('tim'), by: idOf('noe'), at: clock.now.toISOString(), choice: 0 },
    },
  )
  await items.put(
    newsPatterns.reminder,
    { news: id, at: clock.now.toISOString() },
    {
      ...{ news: id, at: clock.now.toISOString(), state: 'unseen', group, cursor: idOf('noe') },
      doneAt: clock.now.toISOString(),
    },
  )

  // What imports without a person, earlier ones and other years leave.
  const [run, at] = ['run1', clock.now.toISOString()]
  // One who is erased was frozen, and had frozen one who stays.
  const freeze = { at, by: 'Berthe Tulipière', actor: idOf('berthe'), reason: 'Compte volé' }
  await items.put(platformPatterns.freeze, { person: idOf('nadia') }, freeze)
  await items.put(platformPatterns.freeze, { person: idOf('berthe') }, { at, reason: 'Par l’exploitant' })
  const list = { id, name: 'Mes classes', audiences: [families] }
  await items.put(newsPatterns.lists, { person: idOf('berthe'), uai: college }, { lists: [list], version: 1 })
  await news('keepDraft', 'berthe', { params: { uai: college }, body: { form: '{}', at: clock.now.toISOString() } })
  const saved = { owner: `P#${idOf('berthe')}`, template: id }
  await items.put(newsPatterns.templateRow, saved, { id, name: 'Sortie', of: 'mine' })
  await items.put(newsPatterns.template, saved, {
    ...draft,
    id,
    name: 'Sortie',
    of: 'mine',
    deadline: undefined,
  } as never)
  // And had a second factor, was setting up another, and had begun to sign in.
  const berthe = { person: idOf('berthe') }
  await items.put(factorPatterns.factor, berthe, { passkeys: [], recovery: [], version: 1 })
  await items.put(factorPatterns.enrolment, berthe, { challenge: 'x', expiresAt: ends })
  const waiting = { challenge: 'x', personalDevice: true, password: 'x', expiresAt: ends }
  await items.put(factorPatterns.step, { ...berthe, step: 'x' }, waiting)
  const changed = [idOf('noe'), idOf('tim')].map(person => ({
    ...{ person, role: 'pupil' as const, from: [], to: ['6e A'], after: 'x' },
  }))
  await items.put(
    changePatterns.change,
    { uai: college, run, kind: 'arrived', page: '1' },
    {
      ...{ run, kind: 'arrived', people: changed, expiresAt: ends },
    },
  )
  await items.put(
    changePatterns.former,
    { person: idOf('tim'), run },
    {
      ...{ run, source: 'aaf:two', expiresAt: ends },
      record: { givenName: 'Tim', familyName: 'Restant', pupil: { at: [], groups: [], guardians: [idOf('noe')] } },
    },
  )
  await items.put(changePatterns.answer, { uai: college, run }, {
    ...{ run, kind: 'confirmed', by: 'Berthe Tulipière', actor: idOf('berthe'), at, expiresAt: ends },
  } as never)
  const finding = { kind: 'refused', id: '910', reason: 'il ne peut être lu' } as const
  await items.put(
    runPatterns.schoolRun,
    { uai: college, run },
    {
      ...{ run, at, delivery: 'd', source: 'aaf:two', mode: 'complete', expiresAt: ends, findingCounts: {} },
      people: { added: 0, changed: 0, left: 0 },
      findings: [finding],
    },
  )
  await items.put(runPatterns.run, { run }, {
    ...emptyRun,
    deliveries: [{ format: 'aaf', mode: 'complete', source: 'aaf:two' }],
    findings: [finding],
  } as never)
  await items.put(
    closedPatterns.closedAt,
    { person: idOf('tim'), at },
    { at, guardians: [idOf('noe'), idOf('ida')], groups: [] },
  )
  await items.put(closedPatterns.closedAt, { person: idOf('zoe'), at }, { at, guardians: [], groups: [] })
  await items.put(
    importPatterns.changingOn,
    { uai: college, day: '2027-01-01', person: idOf('zoe') },
    {
      ...{ person: idOf('zoe'), source: 'aaf:two', day: '2027-01-01' },
    },
  )
  await leaveDocuments(t)
  await leaveWork(t)
  await tick(new Date(clock.now.getTime() + 60_000).toISOString())
  return id
}

/** What an import that was interrupted may leave of those who left. */
export const leftOver = async ({ items, audiences }: Lively) => {
  for (const [source, identifier, key] of [
    ['aaf:two', 'REF500', '500'],
    ['aaf:two', 'REF510', '510'],
  ] as const)
    await items.put(
      importPatterns.alias,
      { source, facet: 'guardian', identifier },
      { facet: 'guardian', identifier, key },
    )
  // A row by which releases before found people.
  const zoe = { person: idOf('zoe'), givenName: 'Zoélie', familyName: 'Valdemort', role: 'pupil' as const, classes: [] }
  const foundAs = 'zoelie valdemort'
  await items.put(searchPatterns.searchRow, { uai: college, foundAs, person: zoe.person }, { ...zoe, foundAs })
  await items.put(importPatterns.kept, { source: 'aaf:two', person: idOf('noe') }, { person: idOf('noe'), print: 'x' })
  const { group } = await audiences()
  await items.put(
    importPatterns.groupMember,
    { group, role: 'guardian', name: 'restante ida', person: idOf('ida') },
    {
      ...{ person: idOf('ida'), givenName: 'Ida', familyName: 'Restante', role: 'guardian', classes: [] },
      pupils: [idOf('tim'), idOf('zoe')],
    },
  )
}

const emptyRun = {
  ...{ run: 'run1', at: new Date().toISOString(), delivery: 'd', state: 'ended', confirm: [], mode: 'complete' },
  ...{
    people: { added: 0, changed: 0, unchanged: 0, suspended: 0, left: 0 },
    groups: { added: 0, changed: 0, unchanged: 0, removed: 0 },
  },
  ...{
    schools: { added: 0, changed: 0, unchanged: 0 },
    held: [],
    findingCounts: {},
    written: 0,
    seconds: 0,
    expiresAt: ends,
  },
  newYear: { year: 0, schools: 0, closed: 0, opened: 0, moved: 0, left: 0, arrived: 0 },
}
