import { useState } from 'react'
import { useParams } from 'wouter'
import { workContract } from '../../../shared/work/contract.ts'
import type { SetPiece } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { useWrite } from '../../platform/write.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { toast } from '../../ui/toast.tsx'
import { usePieces } from '../data/pieces.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { editOf, formOf } from './form.ts'
import { classLoad } from './loads.ts'
import { SetForm } from './set-form.tsx'
import { ownSubjects } from './set-screen.tsx'
import { texts } from './texts.ts'

/** Changes a piece that one set. */
export const EditScreen = () => {
  const t = useTexts(texts, shared)
  const { piece = '' } = useParams()
  const query = useRead(read(workContract.routes.piece, { params: { piece } }))
  return (
    <Screen
      title={t('work.set.edit')}
      back={
        <BackLink to="/notebook/:piece" params={{ piece }}>
          {t('work.title')}
        </BackLink>
      }
    >
      <ReadState query={query}>{found => <Editing piece={found} />}</ReadState>
    </Screen>
  )
}

const Editing = ({ piece }: { readonly piece: SetPiece }) => {
  const t = useTexts(texts, shared)
  const me = useMe()
  // What was read when the form was opened: an edit of elsewhere since is a conflict, and not written over.
  const [before] = useState(piece)
  const [form, change] = useState(() => formOf(before))
  const { data: pieces = [] } = usePieces(me)
  const { send, state, failure } = useWrite(writes.edit)
  const onSend = () =>
    send(
      { params: { piece: before.id }, body: editOf(form, before) },
      {
        onDone: () => {
          toast({ text: t('work.set.saved') })
          navigate({ to: '/notebook/:piece', params: { piece: before.id }, replace: true })
        },
      },
    )
  return (
    <SetForm
      owner={`work.${before.id}`}
      form={form}
      onChange={change}
      groups={[before.group]}
      isEdit
      subjects={ownSubjects(me, pieces)}
      loadOf={(group, day) => classLoad(pieces, group, day, before.id)}
      onSend={onSend}
      isSending={state === 'sending'}
      failure={failure}
    />
  )
}
