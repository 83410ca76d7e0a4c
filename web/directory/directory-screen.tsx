import { useState } from 'react'
import type { IssuedCode } from '../../shared/directory/contract.ts'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useWrite } from '../platform/write.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Screen } from '../ui/screen.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { Codes } from './codes.tsx'
import { type DirectorySchool, directorySchoolsOf } from './directory-schools.ts'
import { Groups } from './groups.tsx'
import { IssueBar } from './issue-bar.tsx'
import { People } from './people.tsx'
import { useSelection } from './selection.ts'
import { texts } from './texts.ts'
import { writes } from './writes.ts'

const views = ['people', 'groups'] as const
type View = (typeof views)[number]

/** One school's directory. Its key is the school, so that people selected in one school are not given codes in another. */
const School = ({ school }: { readonly school: DirectorySchool }) => {
  const t = useTexts(texts)
  const selection = useSelection()
  const [view, setView] = useState<View>(school.searches ? 'people' : 'groups')
  const [issued, setIssued] = useState<readonly IssuedCode[]>()
  const issue = useWrite(writes.issueCodes)
  const onIssue = () =>
    issue.send(
      { params: { uai: school.uai }, body: { people: [...selection.chosen] } },
      {
        onDone: ({ items }) => {
          setIssued(items)
          selection.clear()
        },
      },
    )
  if (issued) return <Codes codes={issued} onDone={() => setIssued(undefined)} />
  return (
    <>
      {school.searches && (
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
        <People school={school} selection={selection} />
      ) : (
        <Groups school={school} selection={selection} />
      )}
      <IssueBar
        count={selection.chosen.size}
        busy={issue.state === 'sending'}
        failure={issue.failure}
        onIssue={onIssue}
      />
    </>
  )
}

/** The directory: the people of a school, and their activation codes. */
export const DirectoryScreen = () => {
  const t = useTexts(texts)
  const schools = directorySchoolsOf(useMe())
  const [uai, setUai] = useState(schools[0]?.uai ?? '')
  const school = schools.find(one => one.uai === uai) ?? schools[0]
  return (
    <Screen title={t('directory.title')}>
      {school && schools.length > 1 && (
        <Select
          label={t('directory.school')}
          options={schools.map(one => ({ value: one.uai, label: one.name }))}
          value={school.uai}
          onChange={setUai}
        />
      )}
      {school ? (
        <School key={school.uai} school={school} />
      ) : (
        <EmptyState title={t('directory.notAllowed')}>{t('directory.notAllowed.hint')}</EmptyState>
      )}
    </Screen>
  )
}
