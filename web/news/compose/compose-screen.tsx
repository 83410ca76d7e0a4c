import { useState } from 'react'
import { publishesAs } from '../../../shared/news/rules.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate } from '../../platform/navigation.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { ComposeForm } from './compose-form.tsx'
import { useDraftForm } from './draft-form.ts'
import { draftOf } from './form.ts'
import { texts } from './texts.ts'

/** Writes a news item for one of the schools that one publishes in. */
export const ComposeScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const schools = me.schools.filter(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  const [uai, setUai] = useState(schools[0]?.uai)
  return (
    <Screen title={t('news.compose')} narrow back={<BackLink to="/news">{t('news.title')}</BackLink>}>
      {schools.length > 1 && uai !== undefined && (
        <Select
          label={t('news.compose.school')}
          value={uai}
          onChange={setUai}
          options={schools.map(school => ({ value: school.uai, label: school.name }))}
        />
      )}
      {uai === undefined ? (
        <EmptyState title={t('news.notPublisher')}>{t('news.notPublisher.hint')}</EmptyState>
      ) : (
        <Compose key={uai} me={me} uai={uai} />
      )}
    </Screen>
  )
}

const Compose = ({ me, uai }: { readonly me: Me; readonly uai: string }) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { form, stored, foundAt, change, clear } = useDraftForm(me.person.id, uai)
  const { send, state, failure } = useWrite(writes.publish)
  const onDone = (news: PublishedNews) => {
    clear()
    toast({ text: t(news.state === 'scheduled' ? 'news.done.scheduled' : 'news.done.published') })
    navigate({ to: '/news/:news/readers', params: { news: news.id }, replace: true })
  }
  return (
    <>
      {foundAt && (
        <Banner
          action={
            <Button variant="quiet" onClick={clear}>
              {t('news.draft.discard')}
            </Button>
          }
        >
          {t('news.draft.restored', { when: dates.dayTime(foundAt) })}
        </Banner>
      )}
      <ComposeForm
        uai={uai}
        form={form}
        onChange={change}
        onSend={() => send({ body: draftOf(form, uai) }, { onDone })}
        isSending={state === 'sending'}
        failure={failure}
        draftState={
          stored !== 'nothing' && (
            <p role="status">{t(stored === 'stored' ? 'news.draft.saved' : 'news.draft.unsaved')}</p>
          )
        }
      />
    </>
  )
}
