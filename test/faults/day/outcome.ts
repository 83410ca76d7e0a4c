import { createHash } from 'node:crypto'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { Entry } from '../../../shared/documents/shapes.ts'
import type { Collecting, HandIn } from '../../../shared/work/hand-in.ts'
import type { PupilWork, SetPiece } from '../../../shared/work/shapes.ts'
import { openOwnDocuments } from '../../functions/documents/own-documents.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college } from '../../support/school.ts'
import type { HandedIn, Model, SetPieceOfDay } from './model.ts'
import { guardiansOfDay, pupilsOfDay, teachersOfDay } from './people.ts'
import type { Day } from './territory.ts'

type Named = Readonly<Record<string, unknown>>

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const stateOf = ({ versions, returned, isAgain }: HandedIn) => {
  if (versions.length === 0) return 'assigned'
  if (isAgain) return 'handed-in-again'
  return returned ? 'returned' : 'handed-in'
}
const groupsOfDay = [...new Map(pupilsOfDay.map(({ group }) => [group.id, group])).values()]
const pupilsOf = (group: string) => pupilsOfDay.filter(one => one.group.id === group).map(({ name }) => name)
const untouched: HandedIn = { versions: [] }

/** Places where a document of the model hangs beside its space. */
const hangings = ({ pieces }: Model, document: string): number =>
  [...pieces.values()].reduce((sum, { attachment, handIns }) => {
    const inHandIns = [...handIns.values()].flatMap(({ versions, note }) => [
      ...versions.flatMap(({ files }) => files),
      ...(note?.files ?? []),
    ])
    return sum + [attachment, ...inHandIns].filter(id => id === document).length
  }, 0)

const handInOf = (piece: SetPieceOfDay, pupil: string) => {
  const handed = piece.handIns.get(pupil) ?? untouched
  const said = handed.note && { comment: handed.note.comment, mark: handed.note.mark, files: handed.note.files }
  return {
    state: stateOf(handed),
    versions: handed.versions.map(({ id, by, text, files }) => `${id} ${by} ${text} ${files}`).sort(),
    note: said,
    returned: handed.returned ? said : undefined,
  }
}

/** What has to be there, by the model alone. */
export const expectedOf = (model: Model): Named => {
  const pieces = [...model.pieces.values()]
  const titled = (of: readonly SetPieceOfDay[]) => of.map(({ title }) => title).sort()
  return {
    documents: Object.fromEntries(
      [...model.documents].map(([space, all]) => [
        space,
        {
          listed: [...all.values()].map(({ name, bytes }) => `${name} ${sha256(bytes)}`).sort(),
          used: [...all.values()].reduce((sum, { bytes }) => sum + bytes.length, 0),
        },
      ]),
    ),
    bucket: [...model.documents.values()].flatMap(all => [...all.keys()]).sort(),
    places: Object.fromEntries(
      [...model.documents.values()].flatMap(all =>
        [...all.keys()].map(id => [id, [1 + hangings(model, id), 1 + hangings(model, id)]] as const),
      ),
    ),
    notebooks: Object.fromEntries(
      groupsOfDay.map(({ id }) => [
        id,
        pieces
          .filter(({ group }) => group === id)
          .map(({ title, attachment }) => `${title}: ${attachment} clean`)
          .sort(),
      ]),
    ),
    pieces: Object.fromEntries(
      pieces.map(({ title, ticked }) => [
        title,
        { ticked: [...ticked].sort(), done: ticked.size, listed: ticked.size },
      ]),
    ),
    pupils: Object.fromEntries(
      pupilsOfDay.map(({ name }) => [
        name,
        {
          ticks: titled(pieces.filter(({ ticked }) => ticked.has(name))),
          tasks: [...(model.tasks.get(name) ?? [])].map(([id, title]) => `${id} ${title}`).sort(),
          handIns: pieces
            .flatMap(({ title, handIns, reminded = [] }) => {
              const handed = handIns.get(name)
              const isReminded = reminded.includes(name)
              return handed || isReminded ? `${title} ${stateOf(handed ?? untouched)} ${isReminded}` : []
            })
            .sort(),
        },
      ]),
    ),
    handIns: Object.fromEntries(
      pieces
        .filter(({ isAssignment }) => isAssignment)
        .flatMap(piece =>
          pupilsOf(piece.group).map(pupil => [`${piece.title}, ${pupil}`, handInOf(piece, pupil)] as const),
        ),
    ),
    collecting: Object.fromEntries(
      teachersOfDay.map(({ name }) => [
        name,
        pieces
          .filter(({ by, isAssignment, handIns }) => by === name && isAssignment && handIns.size > 0)
          .map(({ title, handIns }) => {
            const back = [...handIns.values()].filter(one => stateOf(one) === 'returned').length
            return `${title}: ${handIns.size}, ${handIns.size - back} to give back`
          })
          .sort(),
      ]),
    ),
    feed: [...model.news.keys()].sort(),
    news: Object.fromEntries(
      [...model.news.values()].map(({ title, seen, signed }) => [title, { seen: seen.size, signed: signed.size }]),
    ),
    signed: Object.fromEntries(
      guardiansOfDay.map(({ name }) => [
        name,
        [...model.news].flatMap(([id, { signed }]) => (signed.has(name) ? id : [])).sort(),
      ]),
    ),
  }
}

/** What is there: as the people of the day read it, and as the table and the bucket hold it. */
export const outcomeOf = async (day: Day, model: Model): Promise<Named> => {
  const { asks, idOf, storage, objects } = day
  const nameOf = new Map(Object.entries(day.people).map(([name, { id }]) => [id, name]))
  const titleOf = (piece: string) => model.pieces.get(piece)?.title ?? `unknown ${piece}`
  const own = openOwnDocuments({ ...day, idOf })
  const record = async <Item, Value>(
    items: Iterable<Item>,
    entry: (item: Item) => Promise<readonly [string, Value]>,
  ) => {
    const entries: (readonly [string, Value])[] = []
    for (const item of items) entries.push(await entry(item))
    return Object.fromEntries(entries)
  }
  const pagesOf = async (
    page: (query: Record<string, string>) => Promise<{ body: { items: unknown[]; next?: string } }>,
  ) => {
    const items: never[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { body } = await page(next === '' ? {} : { cursor: next })
      items.push(...(body.items as never[]))
      next = body.next
    }
    return items
  }
  const listedIn = (who: string, space: string): Promise<Entry[]> =>
    pagesOf(query => accepted(asks.documents('list', who, { params: { space }, query })))

  const readerOf = (space: string) => {
    const member = teachersOfDay.find(({ group }) => audience('class', group.id) === space)
    return member ? { who: member.name, id: space } : { who: space, id: 'mine' }
  }
  const documents = await record(model.documents.keys(), async space => {
    const { who, id } = readerOf(space)
    const entries = await listedIn(who, id)
    const stored = await Promise.all(
      entries.map(async ({ name, file }) => `${name} ${sha256(await objects.firstBytes({ id: file?.id ?? '' }, 1e6))}`),
    )
    return [space, { listed: stored.sort(), used: await day.used(who, id) }] as const
  })
  const bucket = (await storage.client.send(new ListObjectsV2Command({ Bucket: 'documents' }))).Contents ?? []
  const files = [...model.documents.values()].flatMap(all => [...all.keys()])

  const notebooks = await record(groupsOfDay, async ({ id }) => {
    const params = { audience: audience('class', id) }
    const reader = pupilsOf(id)[0] ?? ''
    const items: SetPiece[] = await pagesOf(query => accepted(asks.work('list', reader, { params, query })))
    const told = ({ title, attachments = [] }: SetPiece) =>
      `${title}: ${attachments.map(({ file, scan }) => `${file} ${scan}`).join()}`
    return [id, items.map(told).sort()] as const
  })
  const pieces = await record(model.pieces, async ([piece, { by, title }]) => {
    const { body } = await accepted(asks.work('piece', by, { params: { piece } }))
    const mine = await accepted(asks.work('mine', by, { query: { week: '2100-W01' } }))
    const row = mine.body.items.find(({ id }: { id: string }) => id === piece)
    const ticked = body.ticked.map(({ id }: { id: string }) => nameOf.get(id)).sort()
    return [title, { ticked, done: body.done, listed: row?.done }] as const
  })
  const pupils = await record(pupilsOfDay, async ({ name }) => {
    const [work] = (await accepted(asks.home(name))).body.work.items as [PupilWork]
    const handIns = (work.handIns ?? []).map(
      ({ piece, state, remindedAt }) => `${titleOf(piece)} ${state} ${remindedAt !== undefined}`,
    )
    return [
      name,
      {
        ticks: work.ticks.flatMap(({ piece, done }) => (done ? titleOf(piece) : [])).sort(),
        tasks: work.tasks.map(({ id, title }) => `${id} ${title}`).sort(),
        handIns: handIns.sort(),
      },
    ] as const
  })
  const assignments = [...model.pieces].filter(([, { isAssignment }]) => isAssignment)
  const pairs = assignments.flatMap(([piece, { by, group }]) => pupilsOf(group).map(pupil => ({ piece, by, pupil })))
  const handIns = await record(pairs, async ({ piece, by, pupil }) => {
    const { body } = await accepted(asks.work('handIn', by, { params: { piece, pupil: idOf(pupil) } }))
    const { state, versions, note, returned } = body as HandIn
    const idsOf = (all: HandIn['versions'][number]['files'] = []) => all.map(({ file }) => file)
    const said = (one: HandIn['note'] | HandIn['returned']) =>
      one && { comment: one.comment, mark: one.mark, files: idsOf(one.files) }
    return [
      `${titleOf(piece)}, ${pupil}`,
      {
        state,
        versions: versions
          .map(({ id, by, text, files }) => `${id} ${nameOf.get(by.id)} ${text} ${idsOf(files)}`)
          .sort(),
        note: said(note),
        returned: said(returned),
      },
    ] as const
  })
  const collecting = await record(teachersOfDay, async ({ name }) => {
    const { collecting: all = [] } = (await accepted(asks.home(name))).body.work as { collecting?: Collecting[] }
    return [
      name,
      all.map(({ piece, handedIn, toReturn }) => `${titleOf(piece)}: ${handedIn}, ${toReturn} to give back`).sort(),
    ] as const
  })
  const inSchool = { audience: audience('school', college) }
  const feed: { id: string }[] = await pagesOf(query =>
    accepted(asks.news('list', 'marc', { params: inSchool, query })),
  )
  return {
    documents,
    bucket: bucket.map(({ Key = '' }) => Key.replace('documents/', '')).sort(),
    places: await record(files, async id => [id, await own.placesOf(id)] as const),
    notebooks,
    pieces,
    pupils,
    handIns,
    collecting,
    feed: feed.map(({ id }) => id).sort(),
    news: await record(model.news, async ([news, { title }]) => {
      const { seen, signed } = (await accepted(asks.news('edited', 'marc', { params: { news } }))).body
      return [title, { seen, signed }] as const
    }),
    signed: await record(guardiansOfDay, async ({ name }) => {
      const { audiences } = (await accepted(asks.home(name))).body.news as {
        audiences: { acts: { news: string; signedAt?: string }[] }[]
      }
      const acts = audiences.flatMap(one => one.acts)
      return [name, [...new Set(acts.flatMap(({ news, signedAt }) => (signedAt ? news : [])))].sort()] as const
    }),
  }
}
