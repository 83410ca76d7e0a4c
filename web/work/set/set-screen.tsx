import { useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { SetPiece } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { useWrite } from '../../platform/write.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'
import { usePieces } from '../data/pieces.ts'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { useBudget } from './budget.ts'
import { useDraft } from './draft.ts'
import { DraftBanner } from './draft-banner.tsx'
import { copyOf, emptyForm, type WorkForm, workOf } from './form.ts'
import { SetForm, taughtIn } from './set-form.tsx'
import { texts } from './texts.ts'

/** Sets work, or says what was done in class, for classes that one teaches in one of one's schools. */
export const SetScreen = () => {
  const t = useTexts(texts, shared)
  const me = useMe()
  const { from } = useSearch('/notebook/set')
  const schools = me.schools.filter(({ uai }) => taughtIn(me, uai).length > 0)
  const [uai, setUai] = useState(schools[0]?.uai)
  return (
    <Screen title={t('work.set.title')} back={<BackLink to="/notebook">{t('work.title')}</BackLink>}>
      {schools.length > 1 && uai !== undefined && (
        <Select
          label={t('work.whose')}
          value={uai}
          onChange={setUai}
          options={schools.map(school => ({ value: school.uai, label: school.name }))}
        />
      )}
      {uai === undefined ? (
        <EmptyState title={t('work.set.none')}>{t('work.set.none.hint')}</EmptyState>
      ) : from === undefined ? (
        <Setting key={uai} me={me} uai={uai} />
      ) : (
        <Copying key={uai} me={me} uai={uai} from={from} />
      )}
    </Screen>
  )
}

/** Subjects that one has written already, from the notebooks of one's classes. */
export const ownSubjects = (
  me: Me,
  pieces: readonly { readonly subject: string; readonly author: { readonly id: string } }[],
) => [...new Set(pieces.filter(({ author }) => author.id === me.person.id).map(({ subject }) => subject))]

type SettingProps = { readonly me: Me; readonly uai: string; readonly copied?: SetPiece }

/** Sets a piece once more, for other classes or days. */
const Copying = ({ from, ...rest }: SettingProps & { readonly from: string }) => {
  const query = useRead(read(workContract.routes.piece, { params: { piece: from } }))
  return <ReadState query={query}>{piece => <Setting {...rest} copied={piece} />}</ReadState>
}

const Setting = ({ me, uai, copied }: SettingProps) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const { kind, day, group } = useSearch('/notebook/set')
  const groups = taughtIn(me, uai)
  const { data: pieces = [] } = usePieces(me)
  const subjects = ownSubjects(me, pieces)
  const [known] = subjects
  const start: WorkForm = {
    ...emptyForm,
    ...(copied && copyOf(copied)),
    ...(kind === 'session' && { kind }),
    ...(group !== undefined && groups.some(({ id }) => id === group) && { days: { [group]: day ?? '' } }),
  }
  const draft = useDraft({ person: me.person.id, of: copied ? `copy.${copied.id}` : 'new', start })
  const { form, change, clear, owner } = draft
  const shown = form.subject === '' && known !== undefined && form.title === '' ? { ...form, subject: known } : form
  const { send, state, failure } = useWrite(writes.set)
  const budget = useBudget({ uai, pieces })
  const onSend = (isLong: boolean) =>
    send(
      { body: { ...workOf(shown, uai, copied?.id), ...(isLong && { overBudget: true }) } },
      {
        onFailed: (refused, { body }) => budget.hear(refused, body.minutes, body.to),
        onDone: ({ items }) => {
          clear()
          const [first] = items
          const text =
            first?.state === 'scheduled'
              ? t('work.set.done.later', { when: dates.dayTime(first.publishedAt) })
              : t('work.set.done', { count: items.length })
          toast({ text })
          navigate({ to: '/notebook', search: { week: first?.day }, replace: true })
        },
      },
    )
  return (
    <>
      <DraftBanner draft={draft} />
      <SetForm
        owner={owner}
        form={shown}
        onChange={change}
        groups={groups}
        subjects={subjects}
        budget={budget}
        onSend={onSend}
        isSending={state === 'sending'}
        failure={failure}
      />
    </>
  )
}
