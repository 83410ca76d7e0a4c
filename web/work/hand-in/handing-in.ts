import * as z from 'zod/mini'
import { timeId } from '../../../shared/kernel/ids.ts'
import { keepWrite } from '../../platform/outbox/keep-write.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { ChosenFile, onDeviceOf, sentFiles } from '../../ui/files/chosen-file.ts'
import { type Unsent, unsentOf } from '../data/unsent.ts'
import { writes } from '../writes.ts'
import { type Moment, thisMoment } from './files/moment.ts'

type Made = {
  readonly piece: string
  readonly pupil: string
  /** Of the assignment. */
  readonly title: string
  readonly text: string
  /** Documents of the sender's own space, and files of this device. */
  readonly files: readonly ChosenFile[]
}

/**
 * Hands in, as done at a moment: now, or when the button was touched while files were on their way. It is kept on the device
 * until the API has it. Resolves to false if the device cannot keep it: it lasts as long as the page.
 */
export const handIn = ({ piece, pupil, title, text, files }: Made, moment: Moment = thisMoment()): Promise<boolean> => {
  const { at } = moment
  const body = { ...(text !== '' && { text }), ...sentFiles(files), ...moment, sentAt: at }
  return keepWrite(writes.sendHandIn, { params: { piece, pupil, version: timeId(new Date(at)) }, body }, title, {
    shown: files,
    named: onDeviceOf(files),
  })
}

/** The files of a hand-in that waits, as they were chosen; none of one that an earlier version of the app kept. */
export const filesOf = ({ one: { shown } }: Unsent<'sendHandIn'>): readonly ChosenFile[] => {
  const found = z.safeParse(z.array(ChosenFile), shown)
  return found.success ? found.data : []
}

/** What was handed in here and has not arrived, of one pupil's assignment, the last one first. */
export const unsentHandIns = (
  waiting: readonly Waiting[],
  of: { readonly piece: string; readonly pupil: string },
): readonly Unsent<'sendHandIn'>[] =>
  unsentOf('sendHandIn', waiting)
    .filter(({ input: { params } }) => params.piece === of.piece && params.pupil === of.pupil)
    .reverse()
