import { i18n } from '@lingui/core'
import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { TimeId } from '../../shared/kernel/ids.ts'
import { Receipt } from '../../shared/work/hand-in.ts'
import { Tick } from '../../shared/work/shapes.ts'
import { currentSession } from '../platform/api.ts'
import { changeStoredReads, type StoredContent } from '../platform/content.ts'
import { draftStore } from '../platform/draft-store.ts'
import { takeOverWrite } from '../platform/outbox/keep-write.ts'
import { localStore, safely, sessionStore } from '../platform/storage.ts'
import { textKey } from '../ui/feature.ts'
import { keepReceipts } from './data/receipts.ts'
import { subjectOfTick, tickedHere } from './data/ticked-here.ts'
import { formerDrafts, formerHandInDrafts, formerHandIns, isFormerTicks } from './former-places.ts'
import { subjectOfHandIn } from './hand-in/subject.ts'
import { takeOverDraft } from './set/draft.ts'
import { texts } from './texts.ts'

/** What of a list is in this form. */
const inForm = <Schema extends z.core.$ZodType>(schema: Schema, data: unknown): readonly z.output<Schema>[] =>
  (Array.isArray(data) ? data : []).flatMap(one => {
    const read = z.safeParse(schema, one)
    return read.success ? [read.data] : []
  })

const FormerTick = z.extend(Tick, { isSent: z.boolean() })

/** Of the app before the outbox held ticks: they were a read of their own, each with whether the API had taken it. */
const takeOverTicks = async ({ person, reads }: StoredContent): Promise<boolean> => {
  const former = reads.find(({ key }) => isFormerTicks(key))
  if (!former) return false
  const ticks = inForm(FormerTick, former.data)
  // The last one of the list was made first.
  for (const { isSent, ...tick } of [...ticks].reverse()) {
    const { piece, at } = tick
    const one = {
      // The same whatever tab takes it over, and however often.
      key: `${piece}-${Date.parse(at)}`,
      ...{ write: 'work.tick', input: { body: { ticks: [tick] } }, subject: subjectOfTick(piece) },
      ...{ label: i18n.t(textKey(texts, 'work.former.tick')), from: '/notebook', at },
    }
    // A later one that waits already counts.
    if (!isSent) await takeOverWrite(person, one, 'unless')
  }
  const taken = ticks.filter(({ isSent }) => isSent).map(({ isSent: _, ...tick }) => tick)
  await changeStoredReads(all => [
    ...all.filter(({ key }) => !isFormerTicks(key)),
    { key: tickedHere.queryKey, data: taken, at: former.at },
  ])
  return true
}

/** `text` is empty once the API has it; `refused`: the type of the problem for which it was refused. */
const FormerHandIn = z.object({
  ...{ piece: TimeId, pupil: z.string(), version: TimeId, text: z.string(), at: Instant, offset: z.number() },
  ...{ contactAt: z.optional(Instant), refused: z.optional(z.string()), receipt: z.optional(Receipt) },
})

/** Of the app before the outbox held hand-ins: an item of localStorage held them until they were sent, then their receipts. */
const takeOverHandIns = async (item: string, person: string): Promise<void> => {
  const made = inForm(
    FormerHandIn,
    safely(() => JSON.parse(localStore.getItem(item) ?? '')),
  )
  for (const { piece, pupil, version, text, at, offset, contactAt, refused, receipt } of [...made].reverse()) {
    if (receipt) continue
    const body = { text, at, sentAt: at, ...(contactAt !== undefined && { contactAt }) }
    await takeOverWrite(
      person,
      {
        ...{ key: version, write: 'work.sendHandIn', subject: subjectOfHandIn({ piece, pupil }), hasText: true },
        ...{ input: { params: { piece, pupil, version }, body }, at, offset },
        ...{ label: i18n.t(textKey(texts, 'work.former.handIn')) },
        from: `/notebook/hand-in/${piece}${pupil === person ? '' : `?of=${pupil}`}`,
        ...(refused !== undefined && { refused: { type: refused } }),
      },
      'beside',
    )
  }
  // What it took of the device's space is free first: receipts can be asked of the API.
  localStore.removeItem(item)
  keepReceipts(
    person,
    made.flatMap(({ receipt }) => receipt ?? []),
  )
}

/**
 * Of the app before drafts knew whose device it is: each was an item of localStorage. Where it cannot be stored, it stays
 * there.
 */
const takeOverDrafts = (): void => {
  const store = draftStore(currentSession())
  for (const { item, person, from } of formerDrafts())
    safely(() => {
      const former = safely(() => JSON.parse(localStore.getItem(item) ?? ''))
      takeOverDraft(store, person, from === undefined ? 'new' : `copy.${from}`, former)
      localStore.removeItem(item)
    })
}

/** Of the app before hand-in drafts knew whose device it is. Where the session cannot store one, it stays where it was. */
const takeOverHandInDrafts = (): void => {
  for (const item of formerHandInDrafts())
    safely(() => {
      const left = localStore.getItem(item)
      if (left !== null && sessionStore.getItem(item) === null) sessionStore.setItem(item, left)
      localStore.removeItem(item)
    })
}

/**
 * Takes over what earlier versions left on this device, of whomever, and drafts of whoever is signed in. Resolves to true if what is stored of reads was
 * changed; rejects if the device cannot keep it in the outbox: then it stays where it was too.
 */
export const takeOver = async (content: StoredContent | undefined): Promise<boolean> => {
  takeOverDrafts()
  takeOverHandInDrafts()
  for (const { item, person } of formerHandIns()) await takeOverHandIns(item, person)
  return content !== undefined && (await takeOverTicks(content))
}
