import './environment.ts'

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { orderRebuild } from '../../functions/delivery/rebuild.ts'
import { grantAccess, importAccess, schoolCodesAccess } from '../../functions/directory/access.ts'
import { audienceId } from '../../functions/directory/audiences.ts'
import { issueSchoolCodes, waitingIn } from '../../functions/directory/codes/of-school.ts'
import { grantAdministrator, grantTerritoryRole } from '../../functions/directory/import/grants.ts'
import { importFeed } from '../../functions/directory/import/import.ts'
import { raiseMark } from '../../functions/platform/loss.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { update } from '../../functions/platform/operation.ts'
import { platformPatterns } from '../../functions/platform/patterns.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { accepted } from '../support/accepted.ts'
import { classes, college, ecole, idOf, keyOf, type Name, writeDeparture, writeValmont } from '../support/valmont.ts'
import { itemPatterns, patternsOf } from './patterns.ts'
import { folderOf, type Known, writeStored } from './stored.ts'
import { type Holder, openTerritory } from './territory.ts'

// node test/releases/make.ts: makes the territory of this release that later ones are tried on, in test/releases/items-<n>.
// It is run once, when a release is made whose items are of a new generation, and never for an earlier one. Ids, secrets
// and hashes are random; all else is the same each time.

const start = new Date('2026-11-23T07:00:00.000Z')
const password = 'quinze chaises sous le préau'

const territory = await openTerritory({ items: [], files: [], keyValues: {} }, start)
const { clock, database, platform, follow } = territory
const later = (minutes: number): void => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000)
}
const { client, table } = database
const now = () => clock.now

const imported = async (write: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-release-feed-'))
  await write(folder)
  const confirm = [college.uai, ecole.uai]
  await importFeed({ table: openTable(table, importAccess, now, client), now }, { path: folder, confirm })
  rmSync(folder, { recursive: true })
  await follow()
}

// One pupil's guardian is not described: the feed that will is awaited.
await imported(folder => writeValmont(folder, { pupils: 6, guardians: 5 }))
const granting = { table: openTable(table, grantAccess, now, client), now }
await grantAdministrator(granting, { school: college.uai, person: keyOf('thomas') })
const codes = new Map<string, { login: string; code: string }>()
for (const { uai } of [college, ecole]) {
  const codesTable = openTable(table, schoolCodesAccess, now, client)
  const waiting = await waitingIn(codesTable, uai, [], now())
  const note = async () => {}
  for (const code of await issueSchoolCodes(codesTable, waiting, { school: uai, renew: false, now: now(), note }))
    codes.set(code.person, code)
}
const loginOf = (name: Name): string => codes.get(idOf(name))?.login ?? ''
await grantTerritoryRole(granting, { person: loginOf('nadia'), role: 'operator' })
await follow()

const people = new Map<Name, Holder>()
for (const name of ['marc', 'nadia', 'helene', 'claire', 'sophie', 'karim', 'ines', 'jules'] as const) {
  const holder = territory.holder()
  const body = { login: loginOf(name), code: codes.get(idOf(name))?.code ?? '', password, personalDevice: true }
  await accepted(holder.ask(passwordContract.routes.activate, { body }))
  people.set(name, holder)
}
/** A person with a token that is good now. */
const as = async (name: Name): Promise<Holder> => {
  const holder = people.get(name)
  if (!holder) throw new Error(`${name} has not activated an account`)
  await accepted(holder.ask(sessionContract.routes.renew))
  return holder
}
await accepted(
  (await as('sophie')).ask(sessionContract.routes.updateMe, { body: { email: 'sophie@exemple.fr', language: 'fr' } }),
)
await follow()

const { publish, seen, sign, remind, withdraw } = newsContract.routes
const families = audienceId('class-guardians', classes.sixA)
const draft = { uai: college.uai, pinned: false, urgent: false, notice: 'none' }
const published = async (by: Name, more: object): Promise<string> => {
  later(10)
  const { body } = await accepted((await as(by)).ask(publish, { body: { ...draft, ...more } }))
  await follow()
  return body.id
}
const everybody = audienceId('school', college.uai)
const long = 'Les élèves apportent un pique-nique et un vêtement de pluie. '.repeat(40).trim()
const news = {
  pinned: await published('marc', {
    title: 'Bienvenue au collège',
    body: 'Belle **année**.',
    audiences: [everybody],
    pinned: true,
  }),
  long: await published('helene', {
    title: 'Classe de mer',
    body: long,
    audiences: [families],
    until: '2027-03-01T07:00:00.000Z',
  }),
  notice: await published('helene', {
    title: 'Sortie au musée',
    body: 'À signer.',
    audiences: [families],
    notice: 'pupil',
  }),
  open: await published('marc', {
    title: 'Droit à l’image',
    body: 'À signer par chacun.',
    audiences: [families],
    notice: 'guardian',
  }),
  ecole: await published('claire', {
    title: 'Menu de la cantine',
    body: 'Velouté.',
    uai: ecole.uai,
    audiences: [audienceId('guardians', ecole.uai)],
  }),
  withdrawn: await published('marc', { title: 'Retirée', body: 'Écrite par erreur.', audiences: [everybody] }),
  ended: await published('marc', {
    title: 'Terminée',
    body: 'Jusqu’à dix heures.',
    audiences: [everybody],
    until: '2026-11-23T10:00:00.000Z',
  }),
  scheduled: await published('marc', {
    title: 'Conseil de classe',
    body: 'À 17 h.',
    audiences: [everybody],
    publishAt: '2026-11-23T16:00:00.000Z',
    until: '2026-11-23T17:00:00.000Z',
  }),
}
later(5)
await accepted((await as('marc')).ask(withdraw, { params: { news: news.withdrawn } }))
await follow()
for (const name of ['sophie', 'karim'] as const) {
  later(1)
  await accepted((await as(name)).ask(seen, { body: { news: [news.notice, news.long] } }))
}
await accepted((await as('karim')).ask(sign, { params: { news: news.notice }, body: { pupil: idOf('ines') } }))
await follow()
later(1)
await accepted((await as('marc')).ask(remind, { params: { news: news.open }, body: { state: 'unsigned' } }))
await follow()

// Who lost access: one who left, sessions that ended, a school's mark; and a sign-in that failed.
later(60)
await imported(folder => writeDeparture(folder, 'paul'))
const lost = territory.holder()
await accepted(
  lost.ask(passwordContract.routes.signIn, { body: { login: loginOf('ines'), password, personalDevice: false } }),
)
later(1)
await accepted(
  (await as('ines')).ask(passwordContract.routes.changePassword, {
    body: { current: password, next: `${password} 2` },
  }),
)
const left = territory.holder()
await accepted(
  left.ask(passwordContract.routes.signIn, { body: { login: loginOf('claire'), password, personalDevice: true } }),
)
await accepted(left.ask(sessionContract.routes.signOut))
await territory.holder().ask(passwordContract.routes.signIn, {
  body: { login: loginOf('jules'), password: 'autre chose', personalDevice: true },
})
await raiseMark(platform.table, '0990003C', Math.floor(now().getTime() / 1000))
await follow()

// A migration that ended and left its orders behind: the next one finds them.
for (const lane of ['0', '1'])
  await platform.table.apply(
    update(
      'migrated',
      platformPatterns.migration,
      { lane, generation: '3' },
      { set: { at: now().toISOString(), doneAt: now().toISOString() } },
    ),
  )

clock.now = new Date('2026-11-23T12:00:30.000Z')
await territory.runClock()
await follow()
await orderRebuild(platform.table, now())
await follow()

for (const name of people.keys()) await as(name)
await follow()

const known: Known = {
  madeAt: now().toISOString(),
  password,
  logins: Object.fromEntries([...people.keys(), 'moussa' as const].map(name => [name, loginOf(name)])),
  code: codes.get(idOf('moussa'))?.code ?? '',
  cookies: {
    ...Object.fromEntries([...people].map(([name, holder]) => [name, holder.cookies()])),
    lost: lost.cookies(),
  },
  news,
}
const stored = await territory.stored()
await territory.close()

const patterns = await itemPatterns()
const present = new Set(
  stored.items.flatMap(({ pk, sk }) =>
    patternsOf(patterns, { pk: pk?.S ?? '', sk: sk?.S ?? '' }).map(([name]) => name),
  ),
)
const absent = [...patterns.keys()].filter(name => !present.has(name))
if (absent.length > 0) throw new Error(`the territory holds no item of: ${absent.join(', ')}`)
const folder = folderOf(`items-${itemGenerations.current}`)
mkdirSync(folder, { recursive: true })
writeStored(folder, { ...stored, known })
process.stdout.write(`${stored.items.length} items, ${stored.files.length} files in ${folder}\n`)
