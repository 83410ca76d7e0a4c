import { setTimeout as wait } from 'node:timers/promises'
import { timeId } from '../../../shared/kernel/ids.ts'
import { openRandom, pickFrom } from '../../support/random.ts'
import { audience, college } from '../../support/school.ts'
import { runs } from '../../support/thorough.ts'
import { openDevice } from './device.ts'
import { type HandedIn, type Model, of, type SetPieceOfDay } from './model.ts'
import { guardiansOfDay, pupilsOfDay, teachersOfDay } from './people.ts'
import type { Day } from './territory.ts'

/** The day for which work is set, and its deadline. */
const due = { day: '2100-01-04', assignment: { dueAt: '2100-01-04T17:00:00.000Z', late: true } }

/** Pieces of each kind that a teacher sets, and own tasks of a pupil. */
const pieces = runs(1, 4)
const tasks = runs(2, 6)

type Acting = {
  readonly day: Day
  readonly model: Model
  /** Numbers of one person's own, so that what others do does not change what they do. */
  readonly random: () => number
  readonly device: ReturnType<typeof openDevice>
  readonly name: string
}

const contentOf = ({ name, random }: Acting, title: string): Buffer =>
  Buffer.from(`%PDF-1.7 ${title} de ${name} ${'x'.repeat(Math.floor(random() * 3_000))}`)

/** Sends a document into a space: one's own, or that of a class. */
const sendDocument = async (acting: Acting, title: string, space?: string): Promise<string> => {
  const bytes = contentOf(acting, title)
  const id = await acting.device.upload(space ?? 'mine', title, bytes)
  of(acting.model.documents, space ?? acting.name, () => new Map()).set(id, { name: title, bytes })
  return id
}

/** A teacher sets tasks and assignments with a PDF, and puts a document into the space of the class. */
const setWork = async (acting: Acting, group: { readonly id: string }): Promise<void> => {
  const { day, device, model, name } = acting
  await sendDocument(acting, `Cours de ${name}.pdf`, audience('class', group.id))
  for (let at = 0; at < 2 * pieces; at++) {
    const isAssignment = at % 2 === 1
    const title = `${isAssignment ? 'Rédaction' : 'Exercices'} ${at} de ${name}`
    const attachment = await sendDocument(acting, `${title}.pdf`)
    const to = [{ group: group.id, day: due.day, ...(isAssignment && { assignment: due.assignment }) }]
    const body = { uai: college, kind: 'task', subject: 'Français', title, attachments: [attachment], to }
    const [piece] = (await device.send(day.asks.work, 'set', { body })).items
    const set = { by: name, group: group.id, title, attachment, isAssignment, ticked: new Set<string>() }
    model.pieces.set(piece.id, { ...set, handIns: new Map() })
  }
}

const publish = async ({ day, device, model }: Acting): Promise<void> => {
  for (let at = 0; at < 2 * pieces; at++) {
    const title = `Fermeture ${at}`
    const how = { pinned: false, urgent: false, notice: at % 2 === 0 ? 'guardian' : 'none' }
    const body = { uai: college, title, body: 'Le collège est **fermé**.', audiences: [audience('school', college)] }
    const { id } = await device.send(day.asks.news, 'publish', { body: { ...body, ...how } })
    model.news.set(id, { title, seen: new Set(), signed: new Set() })
  }
}

const ofClass = (model: Model, group: { readonly id: string }) =>
  [...model.pieces].filter(([, piece]) => piece.group === group.id)
const assignmentsOf = (model: Model, group: { readonly id: string }) =>
  ofClass(model, group).filter(([, piece]) => piece.isAssignment)

const handedInBy = (piece: SetPieceOfDay, pupil: string): HandedIn =>
  of(piece.handIns, pupil, (): HandedIn => ({ versions: [] }))

/** Hands in for oneself or a child: a text, or a photo of one's own documents. */
const handIn = async (acting: Acting, [id, piece]: [string, SetPieceOfDay], pupil: string): Promise<void> => {
  const { day, device, name, random } = acting
  const version = timeId(day.clock.now)
  const files = random() < 0.5 ? [await sendDocument(acting, `Photo ${version}.pdf`)] : []
  const text = files.length > 0 ? '' : `Un soir, ${name}, ${random()}.`
  const now = day.clock.now.toISOString()
  const params = { piece: id, pupil: day.idOf(pupil), version }
  const body = { ...(files.length > 0 ? { attachments: files } : { text }), at: now, sentAt: now }
  const receipt = await device.send(day.asks.work, 'sendHandIn', { params, body })
  if (receipt.id !== version) throw new Error('a receipt of another version')
  const handed = handedInBy(piece, pupil)
  handed.versions.push({ id: version, by: name, text, files })
  if (handed.returned) handed.isAgain = true
}

/** A pupil ticks, writes tasks of their own and removes one, and hands in; at times in another order. */
const doWork = async (acting: Acting, group: { readonly id: string }): Promise<void> => {
  const { day, device, model, name, random } = acting
  const tick = async () => {
    for (const [id, piece] of ofClass(model, group)) {
      if (random() < 0.2) continue
      const done = random() < 0.8
      const body = { ticks: [{ piece: id, done, at: day.clock.now.toISOString() }] }
      await device.send(day.asks.work, 'tick', { body })
      if (done) piece.ticked.add(name)
    }
  }
  const plan = async () => {
    const own = of(model.tasks, name, () => new Map())
    for (let at = 0; at < tasks; at++) {
      const task = timeId(day.clock.now)
      const title = `À moi ${at}`
      await device.send(day.asks.work, 'keepTask', { params: { task }, body: { title, day: due.day } })
      own.set(task, title)
      if (at % 2 === 0) continue
      await device.send(day.asks.work, 'removeTask', { params: { task } })
      own.delete(task)
    }
  }
  const hand = async () => {
    for (const assignment of assignmentsOf(model, group)) if (random() < 0.7) await handIn(acting, assignment, name)
  }
  if (random() < 0.5) await Promise.all([tick(), plan(), hand()])
  else for (const act of [hand, tick, plan]) await act()
}

/** A guardian reads and signs, and hands in for their child now and then. */
const follow = async (acting: Acting, child: string, group: { readonly id: string }): Promise<void> => {
  const { day, device, model, name, random } = acting
  for (const [news, { title, seen, signed }] of model.news) {
    if (random() < 0.2) continue
    await device.send(day.asks.news, 'seen', { body: { news: [news] } })
    seen.add(name)
    // Every second one is to be signed.
    if (Number(title.split(' ').at(-1)) % 2 === 1 || random() < 0.2) continue
    await device.send(day.asks.news, 'sign', { params: { news }, body: {} })
    signed.add(name)
  }
  if (random() < 0.4) await handIn(acting, pickFrom(assignmentsOf(model, group), random), child)
}

/** A teacher writes a comment and a mark for each, with a file for some, gives all back, and reminds the others. */
const giveBack = async (acting: Acting, group: { readonly id: string }): Promise<void> => {
  const { day, device, model, name, random } = acting
  const own = assignmentsOf(model, group).filter(([, { by }]) => by === name)
  for (const [piece, { handIns, ...set }] of own) {
    const all = [...handIns]
    const at = day.clock.now.toISOString()
    for (const [pupil, handed] of all) {
      const files = random() < 0.3 ? [await sendDocument(acting, `Corrigé ${timeId(day.clock.now)}.pdf`)] : []
      const note = { comment: `Bien, ${pupil} : ${random()}`, mark: `${Math.floor(random() * 20)}/20` }
      const body = { ...note, at, ...(files.length > 0 && { attachments: files }) }
      await device.send(day.asks.work, 'note', { params: { piece, pupil: day.idOf(pupil) }, body })
      handed.note = { ...note, files }
    }
    const items = all.map(([pupil, { versions }]) => ({
      pupil: day.idOf(pupil),
      version: versions
        .map(({ id }) => id)
        .sort()
        .at(-1),
      notedAt: at,
    }))
    if (items.length > 0) {
      const { returned } = await device.send(day.asks.work, 'giveBack', { params: { piece }, body: { items } })
      if (returned.length !== items.length) throw new Error('not all that was seen was given back')
      for (const [, handed] of all) handed.returned = true
    }
    const missing = pupilsOfDay.filter(one => one.group.id === set.group && !handIns.has(one.name))
    if (missing.length === 0) continue
    await device.send(day.asks.work, 'remind', { params: { piece }, body: { guardians: true } })
    const reminded = model.pieces.get(piece)
    if (reminded) reminded.reminded = missing.map(one => one.name)
  }
}

/** Some pupils hand in again what was given back. */
const handInAgain = async (acting: Acting, group: { readonly id: string }): Promise<void> => {
  const { model, name, random } = acting
  for (const assignment of assignmentsOf(model, group))
    if (assignment[1].handIns.get(name)?.returned && random() < 0.5) await handIn(acting, assignment, name)
}

/** What is told is delivered while `work` is done, and then until nothing follows. */
const delivered = async (day: Day, work: Promise<unknown>): Promise<void> => {
  let isOver = false
  const delivering = async () => {
    for (let quiet = 0; !isOver || quiet < 3; ) {
      const { told } = await day.deliverOnce()
      quiet = told > 0 ? 0 : quiet + 1
      if (told === 0) await wait(5)
    }
  }
  const ended = work.finally(() => {
    isOver = true
  })
  await Promise.all([ended, delivering()])
}

/** The day, part by part; within each all people act at one moment, each with random numbers of their own. */
export const runDay = async (day: Day, model: Model, seed: number): Promise<void> => {
  let nth = 0
  const acting = (name: string): Acting => {
    const random = openRandom(seed + ++nth * 7_919)
    return { day, model, name, random, device: openDevice(day, name, random) }
  }
  const parts: readonly (() => Promise<unknown>)[] = [
    () => Promise.all([publish(acting('marc')), ...teachersOfDay.map(one => setWork(acting(one.name), one.group))]),
    () =>
      Promise.all([
        ...pupilsOfDay.map(one => doWork(acting(one.name), one.group)),
        ...guardiansOfDay.map(one => follow(acting(one.name), one.child, one.group)),
      ]),
    () => Promise.all(teachersOfDay.map(one => giveBack(acting(one.name), one.group))),
    () => Promise.all(pupilsOfDay.map(one => handInAgain(acting(one.name), one.group))),
  ]
  for (const part of parts) {
    await delivered(day, part())
    day.clock.now = new Date(day.clock.now.getTime() + 60_000)
  }
}
