import * as z from 'zod/mini'
import { Instant } from '../../../shared/kernel/dates.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import { readKey } from '../../platform/read.ts'
import { ChosenFile, sentFiles } from '../../ui/files/chosen-file.ts'
import { type Made, openedOnce, openUnsaved } from './unsaved.ts'

/** A comment and a mark as they are typed. `files`: those that go with them, once they were changed here. */
const Typed = z.object({ comment: z.string(), mark: z.string(), at: Instant, files: z.optional(z.array(ChosenFile)) })
type Typed = z.infer<typeof Typed>

/** What is written of a hand-in at one moment. Without `files` they stay as they are. */
export type Written = { readonly comment: string; readonly mark: string; readonly files?: ChosenFile[] }

/** Of one pupil: what was typed, and what the API has. */
export type PupilNote = Made<Typed>

/** What stands of a pupil: as it was typed here, else as it was saved. */
export const writtenOf = ({ note }: Pick<CollectedHandIn, 'note'>, typed: PupilNote | undefined): Written => ({
  comment: typed?.comment ?? note?.comment ?? '',
  mark: typed?.mark ?? note?.mark ?? '',
})

/** Milliseconds without typing after which it is saved. */
const pause = 700

const { handIn, note } = workContract.routes

const openNotes = (person: string, piece: string) => {
  const notes = openUnsaved<Typed>({
    key: `preau.work.notes.${person}.${piece}`,
    schema: Typed,
    pause,
    send: async (pupil, { comment, mark, at, files }) => {
      const params = { piece, pupil }
      const said = { ...(!isBlank(comment) && { comment }), ...(!isBlank(mark) && { mark }) }
      const reply = await call(note, { params, body: { at, ...said, ...sentFiles(files) } }, { key: randomId() })
      if (!reply.ok) return reply
      if (files) void queryClient.invalidateQueries({ queryKey: readKey(handIn, { params }) })
      const { comment: text = '', mark: given = '', at: stands } = reply.value
      return ok({ comment: text, mark: given, at: stands, ...(stands === at && files && { files }) })
    },
  })
  return {
    ...notes,
    /** Takes what was typed for a pupil. */
    type: (pupil: string, typed: Written): void =>
      notes.make(pupil, (at, before) => ({ ...(before?.files && { files: before.files }), ...typed, at })),
  }
}

/** What a teacher writes of the hand-ins of one assignment, by pupil. */
export const notesOf = openedOnce(openNotes)
