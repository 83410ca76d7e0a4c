import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { areSameFiles } from '../../../shared/kernel/attachment.ts'
import { isSameQuestion } from '../../../shared/news/question.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { sentFiles } from '../../ui/files/chosen-file.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { toast } from '../../ui/toast.tsx'
import { publication } from '../data/published.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { WithBeside } from './beside.tsx'
import { ComposeForm } from './compose-form.tsx'
import { editOf } from './draft.ts'
import { DraftBanner, DraftState } from './draft-banner.tsx'
import { useDraftForm } from './draft-form.ts'
import { draftOf, formOf, type NewsForm, type WrittenNews } from './form.ts'
import { questionOf } from './question-fields.ts'
import { texts } from './texts.ts'

/** Edits a news item that one may manage. */
export const EditScreen = () => {
  const t = useTexts(texts, shared)
  const { news = '' } = useParams()
  const query = useQuery({ ...publication(news), staleTime: 0 })
  // The form begins with the present text and counts: what this page has read earlier may be another's by now.
  const isCurrent = query.isFetchedAfterMount || query.isError
  return (
    <Screen
      title={t('news.compose.edit')}
      back={
        <BackLink to="/news/:news/readers" params={{ news }}>
          {t('news.follow.back')}
        </BackLink>
      }
    >
      <ReadState query={isCurrent ? query : { ...query, data: undefined }}>
        {found => <Edit key={found.id} news={found} />}
      </ReadState>
    </Screen>
  )
}

/** True if other files are to hang there than those that do; a draft from before there were any leaves them. */
const isOtherFiles = ({ attachments }: NewsForm, { attachments: hung = [] }: NewsForm): boolean =>
  attachments !== undefined &&
  !areSameFiles(
    attachments.map(({ id }) => id),
    hung.map(({ id }) => id),
  )

const Edit = ({ news }: { readonly news: WrittenNews }) => {
  const t = useTexts(texts, shared)
  const [start] = useState(news)
  const me = useMe()
  const [original] = useState(() => formOf(start))
  const { version } = start
  const draft = useDraftForm({ person: me.person.id, of: editOf(start.id), start: original, version })
  const isPublished = start.state !== 'scheduled'
  const { send, state, failure } = useWrite(writes.edit)
  const onDone = (changed: PublishedNews) => {
    draft.clear()
    toast({ text: t('news.done.saved') })
    navigate({ to: '/news/:news/readers', params: { news: changed.id }, replace: true })
  }
  const { seen, signed } = start
  const { form } = draft
  const asked = form.notice === 'none' ? undefined : questionOf(form)
  const isNewText =
    isPublished &&
    (form.title.trim() !== start.title ||
      form.body.trim() !== start.body ||
      !isSameQuestion(asked, start.question) ||
      isOtherFiles(form, original))
  return (
    <WithBeside uai={start.uai} form={form}>
      <DraftBanner draft={draft} version={version} />
      <ComposeForm
        owner={draft.owner}
        uai={start.uai}
        form={form}
        onChange={draft.change}
        onSend={() => {
          const files = sentFiles(form.attachments)
          const body = { ...draftOf(form, start.uai, start), ...files, version, held: true }
          send({ params: { news: start.id }, body }, { onDone })
        }}
        isSending={state === 'sending'}
        failure={failure}
        draftState={
          <>
            {isNewText && seen > 0 && <p role="status">{t('news.compose.newText', { seen, signed })}</p>}
            <DraftState draft={draft} />
          </>
        }
        isEdit
        publishedAt={isPublished ? start.publishedAt : undefined}
        isNoticeFixed={isPublished && start.notice !== 'none'}
      />
    </WithBeside>
  )
}
