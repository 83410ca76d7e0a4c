import { timeId } from '../../shared/kernel/ids.ts'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { accepted } from './accepted.ts'
import type { Valmont } from './populate.ts'
import { classes, college, idOf } from './valmont.ts'
import { shownMonday } from './valmont-work.ts'

/** Titles of Valmont's assignments: one that nobody has begun, one handed in, one given back. */
export const assignmentTitles = {
  open: 'Rédaction : un souvenir',
  handedIn: 'Compte rendu de lecture',
  returned: 'Figures et fractions',
} as const

/** Sets assignments of 6e A; Inès hands two in, and one is given back. @returns the ids by title. */
export const setAssignments = async (valmont: Valmont): Promise<Map<string, string>> => {
  const { set, sendHandIn, note, giveBack } = workContract.routes
  const pupil = idOf('ines')
  const ids = new Map<string, string>()
  const day = dayAfter(shownMonday(), 4)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  for (const title of Object.values(assignmentTitles)) {
    const body = {
      ...{ uai: college.uai, kind: 'task', subject: 'Français', title, text: 'En une page.' },
      to: [{ group: classes.sixA, day, assignment }],
    }
    const reply = await accepted((await valmont.as('helene')).ask(set, { body }))
    ids.set(title, reply.body.items[0].id)
  }
  const piece = (title: string) => ids.get(title) ?? ''
  for (const title of [assignmentTitles.handedIn, assignmentTitles.returned]) {
    const at = new Date().toISOString()
    const params = { piece: piece(title), pupil, version: timeId(new Date()) }
    const body = { text: 'L’été dernier, nous sommes allés au bord de la mer.', at, sentAt: at }
    await accepted((await valmont.as('ines')).ask(sendHandIn, { params, body }))
    if (title === assignmentTitles.handedIn) continue
    const teacher = await valmont.as('helene')
    const noted = { comment: 'Très vivant. Attention aux accords.', mark: '15/20', at: new Date().toISOString() }
    const written = await accepted(teacher.ask(note, { params: { piece: params.piece, pupil }, body: noted }))
    const items = [{ pupil, version: params.version, notedAt: written.body.at }]
    await accepted(teacher.ask(giveBack, { params: { piece: params.piece }, body: { items } }))
  }
  return ids
}
