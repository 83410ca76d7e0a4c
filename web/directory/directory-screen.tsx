import { useState } from 'react'
import { directoryContract, type IssuedCode } from '../../shared/directory/contract.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { queryClient } from '../platform/content.ts'
import { useWrite } from '../platform/write.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { Codes } from './codes.tsx'
import { Groups } from './groups.tsx'
import { IssueBar } from './issue-bar.tsx'
import { People } from './people.tsx'
import { type Place, placesOf } from './places.ts'
import { useSelection } from './selection.ts'
import { texts } from './texts.ts'

const views = ['people', 'groups'] as const
type View = (typeof views)[number]

/** One school's directory. It is rendered anew for another school, so that nothing chosen in one is given in the other. */
const School = ({ place }: { readonly place: Place }) => {
  const t = useTexts(texts)
  const selection = useSelection()
  const [view, setView] = useState<View>(place.searches ? 'people' : 'groups')
  const [issued, setIssued] = useState<readonly IssuedCode[]>()
  const issue = useWrite(directoryContract.routes.issueCodes, {
    onDone: ({ items }) => {
      setIssued(items)
      selection.clear()
      // Accounts of these lists now wait for their codes.
      return queryClient.invalidateQueries({ queryKey: ['pages'] })
    },
  })
  if (issued) return <Codes codes={issued} onDone={() => setIssued(undefined)} />
  return (
    <>
      {place.searches && (
        <Segments
          label={t('directory.view')}
          segments={views.map(value => ({ value, label: t(`directory.${value}`) }))}
          value={view}
          onChange={value => {
            selection.clear()
            setView(value)
          }}
        />
      )}
      {view === 'people' ? (
        <People place={place} selection={selection} />
      ) : (
        <Groups place={place} selection={selection} />
      )}
      <IssueBar
        count={selection.chosen.size}
        busy={issue.state === 'sending'}
        failure={issue.failure}
        onIssue={() => issue.send({ params: { uai: place.uai }, body: { people: [...selection.chosen] } })}
      />
    </>
  )
}

/** The directory: who is in a school, and the codes they activate their accounts with. */
export const DirectoryScreen = () => {
  const t = useTexts(texts)
  const places = placesOf(useMe())
  const [uai, setUai] = useState(places[0]?.uai ?? '')
  const place = places.find(one => one.uai === uai) ?? places[0]
  return (
    <Screen title={t('directory.title')}>
      {place && places.length > 1 && (
        <Select
          label={t('directory.school')}
          options={places.map(one => ({ value: one.uai, label: one.name }))}
          value={place.uai}
          onChange={setUai}
        />
      )}
      {place ? (
        <School key={place.uai} place={place} />
      ) : (
        <EmptyState title={t('directory.notAllowed')}>{t('directory.notAllowed.hint')}</EmptyState>
      )}
    </Screen>
  )
}
