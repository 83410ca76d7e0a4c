import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { toast } from '../../ui/toast.tsx'
import { publication } from '../data/published.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { ComposeForm } from './compose-form.tsx'
import { draftOf, formOf } from './form.ts'
import { texts } from './texts.ts'

/** Edits a news item that one may manage. */
export const EditScreen = () => {
  const t = useTexts(texts, shared)
  const { news = '' } = useParams()
  const query = useQuery({ ...publication(news), staleTime: 0 })
  return (
    <Screen
      title={t('news.compose.edit')}
      narrow
      back={
        <BackLink to="/news/:news/readers" params={{ news }}>
          {t('news.follow.back')}
        </BackLink>
      }
    >
      <ReadState query={query}>{found => <Edit key={found.id} news={found} />}</ReadState>
    </Screen>
  )
}

const Edit = ({ news }: { readonly news: PublishedNews & { readonly body: string } }) => {
  const t = useTexts(texts, shared)
  const [start] = useState(news)
  const [form, setForm] = useState(() => formOf(start))
  const isPublished = start.state !== 'scheduled'
  const { send, state, failure } = useWrite(writes.edit)
  const onDone = (changed: PublishedNews) => {
    toast({ text: t('news.done.saved') })
    navigate({ to: '/news/:news/readers', params: { news: changed.id }, replace: true })
  }
  const { seen, signed } = start
  const isNewText = isPublished && (form.title.trim() !== start.title || form.body.trim() !== start.body)
  return (
    <ComposeForm
      uai={start.uai}
      form={form}
      onChange={change => setForm(before => ({ ...before, ...change }))}
      onSend={() => {
        const body = { ...draftOf(form, start.uai), version: start.version }
        send({ params: { news: start.id }, body }, { onDone })
      }}
      isSending={state === 'sending'}
      failure={failure}
      isEdit
      draftState={isNewText && seen > 0 && <p role="status">{t('news.compose.newText', { seen, signed })}</p>}
      publishedAt={isPublished ? start.publishedAt : undefined}
      isNoticeFixed={isPublished && start.notice !== 'none'}
    />
  )
}
