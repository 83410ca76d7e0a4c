import { useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { publishesAs } from '../../../shared/news/rules.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { call, useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { sentFiles } from '../../ui/files/chosen-file.ts'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { WithBeside } from './beside.tsx'
import { ComposeForm } from './compose-form.tsx'
import { Copied, type Source, subjectOf } from './copied.tsx'
import { DraftBanner, DraftState } from './draft-banner.tsx'
import { useDraftForm } from './draft-form.ts'
import { draftOf, type NewsForm } from './form.ts'
import { draftKeeper, type Keeper } from './kept-draft.ts'
import { Templates } from './templates.tsx'
import { texts } from './texts.ts'

/** Writes a news item for one of the schools that one publishes in. */
export const ComposeScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const schools = me.schools.filter(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  const { from, template, of } = useSearch('/news/write')
  const source = { from, template }
  const [chosen, setChosen] = useState(schools[0]?.uai)
  // What is begun from a publication or a template is written in its school.
  const uai = schools.find(school => school.uai === of)?.uai ?? chosen
  return (
    <Screen title={t('news.compose')} back={<BackLink to="/news">{t('news.title')}</BackLink>}>
      {schools.length > 1 && uai !== undefined && of === undefined && (
        <Select
          label={t('news.compose.school')}
          value={uai}
          onChange={setChosen}
          options={schools.map(school => ({ value: school.uai, label: school.name }))}
        />
      )}
      {uai === undefined ? (
        <EmptyState title={t('news.notPublisher')}>{t('news.notPublisher.hint')}</EmptyState>
      ) : (
        <Copied key={subjectOf(source, uai)} source={source} uai={uai}>
          {start => <Compose me={me} uai={uai} source={source} start={start} />}
        </Copied>
      )}
    </Screen>
  )
}

const keeperOf = (uai: string): Keeper => {
  const { keepDraft, keptDraft } = newsContract.routes
  const params = { uai }
  return draftKeeper({
    read: async () => {
      const reply = await call(keptDraft, { params }, { retry: false })
      return reply.ok ? reply.value.draft : undefined
    },
    send: (body, keepalive) => call(keepDraft, { params, body }, { key: randomId(), retry: false, keepalive }),
    setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
    clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })
}

type ComposeProps = {
  readonly me: Me
  readonly uai: string
  readonly source: Source
  readonly start: NewsForm
}

const Compose = ({ me, uai, source, start }: ComposeProps) => {
  const t = useTexts(texts, shared)
  const of = subjectOf(source, uai)
  // What is begun from another text is of this device alone: an account keeps one draft a school.
  const [keeper] = useState(() => (of === uai ? keeperOf(uai) : undefined))
  const draft = useDraftForm({ person: me.person.id, of, start, ...(keeper && { keeper }) })
  const { send, state, failure } = useWrite(writes.publish)
  const undoing = useWrite(writes.undo)
  const words = useFailureWords()
  const onDone = (news: PublishedNews) => {
    const restore = draft.clear()
    const undo = () =>
      undoing.send(
        { params: { news: news.id } },
        {
          onDone: () => {
            restore()
            toast({ text: t('news.done.undone') })
            const isBegun = source.from !== undefined || source.template !== undefined
            navigate({ to: '/news/write', search: { ...source, ...(isBegun && { of: uai }) }, replace: true })
          },
          onFailed: failure => toast({ text: words(failure) }),
        },
      )
    const isLater = news.state === 'scheduled' && !news.held
    toast({ text: t(isLater ? 'news.done.scheduled' : 'news.done.published'), ...(news.version === 1 && { undo }) })
    navigate({ to: '/news/:news/readers', params: { news: news.id }, replace: true })
  }
  return (
    <WithBeside uai={uai} form={draft.form}>
      <DraftBanner draft={draft} />
      <Templates me={me} uai={uai} form={draft.form} />
      <ComposeForm
        owner={draft.owner}
        uai={uai}
        form={draft.form}
        onChange={draft.change}
        onSend={() =>
          send({ body: { ...draftOf(draft.form, uai), ...sentFiles(draft.form.attachments), held: true } }, { onDone })
        }
        isSending={state === 'sending'}
        failure={failure}
        draftState={<DraftState draft={draft} />}
      />
    </WithBeside>
  )
}
