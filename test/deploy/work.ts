import { createHash } from 'node:crypto'
import { homeContract } from '../../shared/home/contract.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { HandIn, HandInMark, ReadFile } from '../../shared/work/hand-in.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { classes, college, idOf } from '../support/valmont.ts'
import { documentKept } from './documents.ts'
import type { Emulator } from './emulator.ts'
import { audiences, timeoutMs } from './journey.ts'
import { expect } from './people.ts'

const { collected, giveBack, handIn, list, note, sendHandIn, set, tick } = workContract.routes
const day = '2100-01-04'
const assignment = { dueAt: `${day}T17:00:00.000Z`, late: true }
const pdf = (content: string) => `%PDF-1.7 ${content}`
const files = {
  sheet: { name: 'Sujet.pdf', type: 'application/pdf', content: pdf('Racontez un souvenir.') },
  essay: { name: 'Rédaction d’Inès.pdf', type: 'application/pdf', content: pdf('Un soir d’été.') },
  correction: { name: 'Corrigé.pdf', type: 'application/pdf', content: pdf('Très vivant.') },
}

const isOf = (file: ReadFile | undefined, { name, content }: (typeof files)[keyof typeof files]): boolean =>
  file?.name === name && file.sha256 === createHash('sha256').update(content).digest('hex')

/** The teacher of 6e A sets an assignment with a PDF, which the stream puts into the notebook. Gives its id. */
export const workSet = async (emulator: Emulator, teacher: Visitor, pupil: Visitor): Promise<string> => {
  const sheet = await documentKept(emulator, teacher, files.sheet)
  const body = {
    ...{ uai: college.uai, kind: 'task', subject: 'Français', title: 'Rédaction : un souvenir', attachments: [sheet] },
    to: [{ group: classes.sixA, day, assignment }],
  }
  const reply = await teacher.ask(set, { body })
  expect('setting work', reply, 201)
  const piece: string = reply.body.items[0].id
  await eventually(async () => {
    const notebook = await pupil.ask(list, { params: { audience: audiences.sixA } })
    expect('the notebook of a class', notebook, 200)
    const found = notebook.body.items.find((one: { id: string }) => one.id === piece)
    return found?.attachments?.[0]?.name === files.sheet.name || undefined
  }, timeoutMs)
  return piece
}

/** What the pupil's Home says of an assignment. */
const onHome = async (pupil: Visitor, piece: string): Promise<HandInMark | undefined> => {
  const reply = await pupil.ask(homeContract.routes.state)
  expect('Home', reply, 200)
  return reply.body.work.items[0]?.handIns?.find((one: HandInMark) => one.piece === piece)
}

/** The pupil ticks the piece and hands in with a file, twice by one id: it is there once, with its receipt. */
export const workHandedIn = async (emulator: Emulator, pupil: Visitor, piece: string): Promise<void> => {
  const at = new Date().toISOString()
  expect('ticking', await pupil.ask(tick, { body: { ticks: [{ piece, done: true, at }] } }), 200)
  const essay = await documentKept(emulator, pupil, files.essay)
  const params = { piece, pupil: idOf('ines'), version: timeId(new Date()) }
  const body = { attachments: [essay], at, sentAt: at }
  const receipt = await pupil.ask(sendHandIn, { params, body })
  expect('handing in', receipt, 200)
  const again = await pupil.ask(sendHandIn, { params, body })
  expect('handing in again by the same id', again, 200)
  if (JSON.stringify(again.body) !== JSON.stringify(receipt.body)) throw new Error('there are two receipts')
  if (!isOf(receipt.body.files?.[0], files.essay) || receipt.body.judgement !== 'in-time')
    throw new Error(`the receipt says: ${JSON.stringify(receipt.body)}`)
  const mark = await onHome(pupil, piece)
  if (mark?.state !== 'handed-in') throw new Error(`Home says: ${JSON.stringify(mark)}`)
}

/** The teacher reads the same file, writes, and gives back with a file; the pupil reads it then, and not before. */
export const workGivenBack = async (emulator: Emulator, teacher: Visitor, pupil: Visitor, piece: string) => {
  const params = { piece, pupil: idOf('ines') }
  const read = async (who: Visitor): Promise<HandIn> => {
    const reply = await who.ask(handIn, { params })
    expect('a hand-in', reply, 200)
    return reply.body
  }
  await eventually(async () => {
    const reply = await teacher.ask(homeContract.routes.state)
    expect("a teacher's Home", reply, 200)
    const { collecting = [] } = reply.body.work
    return collecting.find((one: { piece: string }) => one.piece === piece)?.toReturn === 1 || undefined
  }, timeoutMs)
  const { versions } = await read(teacher)
  const [version] = versions
  if (!version || versions.length !== 1 || !isOf(version.files?.[0], files.essay))
    throw new Error(`the teacher reads: ${JSON.stringify(versions)}`)
  const correction = await documentKept(emulator, teacher, files.correction)
  const said = { comment: 'Très vivant. Attention aux accords.', mark: '15/20' }
  const written = await teacher.ask(note, {
    params,
    body: { ...said, attachments: [correction], at: new Date().toISOString() },
  })
  expect('writing of a hand-in', written, 200)
  if (JSON.stringify(await read(pupil)).includes('15/20')) throw new Error('a mark is seen before it is given back')
  const items = [{ pupil: params.pupil, version: version.id, notedAt: written.body.at }]
  const given = await teacher.ask(giveBack, { params: { piece }, body: { items } })
  expect('giving back', given, 200)
  if (given.body.returned.length !== 1) throw new Error('it was not given back')
  const { state, returned } = await read(pupil)
  if (state !== 'returned' || returned?.comment !== said.comment || returned.mark !== said.mark)
    throw new Error(`the pupil reads: ${JSON.stringify(returned)}`)
  if (!isOf(returned.files?.[0], files.correction)) throw new Error('the file that was given back is not there')
  const list = await teacher.ask(collected, { params: { piece } })
  expect('who handed in', list, 200)
}
