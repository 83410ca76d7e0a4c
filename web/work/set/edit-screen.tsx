import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { workContract } from '../../../shared/work/contract.ts'
import type { SetPiece } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { toast } from '../../ui/toast.tsx'
import { usePieces } from '../data/pieces.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { useBudget } from './budget.ts'
import { useDraft } from './draft.ts'
import { DraftBanner } from './draft-banner.tsx'
import { editOf, formOf } from './form.ts'
import { SetForm } from './set-form.tsx'
import { ownSubjects } from './set-screen.tsx'
import { texts } from './texts.ts'

/** Changes a piece that one set. */
export const EditScreen = () => {
  const t = useTexts(texts, shared)
  const { piece = '' } = useParams()
  const query = useQuery({ ...read(workContract.routes.piece, { params: { piece } }), staleTime: 0 })
  // The form begins with the present piece: what this device has stored may be another's by now. Without a network it has to do.
  const isCurrent = query.isFetchedAfterMount || query.isError || query.isPaused
  return (
    <Screen
      title={t('work.set.edit')}
      back={
        <BackLink to="/notebook/:piece" params={{ piece }}>
          {t('work.title')}
        </BackLink>
      }
    >
      <ReadState query={isCurrent ? query : { ...query, data: undefined }}>
        {found => <Editing key={found.id} piece={found} />}
      </ReadState>
    </Screen>
  )
}

const Editing = ({ piece }: { readonly piece: SetPiece }) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  // What was read when the form was opened: an edit of elsewhere since is a conflict, and not written over.
  const [before] = useState(piece)
  const draft = useDraft({
    person: me.person.id,
    of: `edit.${before.id}`,
    start: formOf(before),
    version: before.version,
  })
  const { form, change, clear, owner } = draft
  const { data: pieces = [] } = usePieces(me)
  const { send, state, failure } = useWrite(writes.edit)
  const budget = useBudget({ uai: before.uai, pieces, edited: before })
  const onSend = (isLong: boolean) =>
    send(
      { params: { piece: before.id }, body: { ...editOf(form, before), ...(isLong && { overBudget: true }) } },
      {
        onFailed: (refused, { body }) =>
          budget.hear(refused, body.minutes, [{ group: before.group.id, day: body.day }]),
        onDone: () => {
          clear()
          toast({ text: t('work.set.saved') })
          navigate({ to: '/notebook/:piece', params: { piece: before.id }, replace: true })
        },
      },
    )
  return (
    <>
      <DraftBanner draft={draft} isEdit />
      <SetForm
        owner={owner}
        form={form}
        onChange={change}
        groups={[before.group]}
        isEdit
        subjects={ownSubjects(me, pieces)}
        budget={budget}
        onSend={onSend}
        isSending={state === 'sending'}
        failure={failure}
      />
    </>
  )
}
