import { useParams } from 'wouter'
import { useMe } from '../platform/api.ts'
import { useTexts } from '../platform/catalogue.ts'
import { navigate, useSearch } from '../platform/navigation.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { BackLink, Screen } from '../ui/screen.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { Codes } from './codes.tsx'
import { type DirectorySchool, directorySchoolsOf } from './directory-schools.ts'
import { Groups } from './groups.tsx'
import { IssueBar } from './issue-bar.tsx'
import { useIssuing } from './issuing.ts'
import { Members } from './members.tsx'
import { People } from './people.tsx'
import { useSelection } from './selection.ts'
import { texts } from './texts.ts'

const views = ['people', 'groups'] as const
type View = (typeof views)[number]

type SchoolProps = { readonly school: DirectorySchool; readonly view: View; readonly group: string | undefined }

/** A part of one school's directory. Its key is the part: people selected in one are not given codes in another. */
const Part = ({ school, view, group }: SchoolProps) => {
  const selection = useSelection()
  const issuing = useIssuing(school.uai)
  if (issuing.issued)
    return (
      <Codes
        codes={issuing.issued}
        school={school.name}
        failure={issuing.failure}
        onDone={() => {
          issuing.done()
          selection.clear()
        }}
      />
    )
  return (
    <>
      {group !== undefined ? (
        <Members school={school} group={group} selection={selection} issuing={issuing} />
      ) : view === 'people' ? (
        <People school={school} selection={selection} />
      ) : (
        <Groups school={school} />
      )}
      <IssueBar
        chosen={selection.chosen}
        busy={issuing.busy}
        failure={issuing.failure}
        onIssue={() => issuing.issue([...selection.chosen.values()])}
      />
    </>
  )
}

/** The directory: the people of a school, and their activation codes. What it shows stands in the address. */
export const DirectoryScreen = () => {
  const t = useTexts(texts)
  const schools = directorySchoolsOf(useMe())
  const { group } = useParams()
  const { school: uai, view: asked } = useSearch('/directory')
  const school = schools.find(one => one.uai === uai) ?? schools[0]
  const view = school?.searches ? (views.find(one => one === asked) ?? 'people') : 'groups'
  const of = schools.length > 1 ? school?.uai : undefined
  return (
    <Screen
      title={t('directory.title')}
      back={
        group !== undefined && (
          <BackLink to="/directory" search={{ school: of, view: 'groups' }}>
            {t('directory.back')}
          </BackLink>
        )
      }
    >
      {school && schools.length > 1 && group === undefined && (
        <Select
          label={t('directory.school')}
          options={schools.map(one => ({ value: one.uai, label: one.name }))}
          value={school.uai}
          onChange={chosen => navigate({ to: '/directory', search: { school: chosen, view: asked } })}
        />
      )}
      {school?.searches && group === undefined && (
        <Segments
          label={t('directory.view')}
          segments={views.map(value => ({ value, label: t(`directory.${value}`) }))}
          value={view}
          onChange={value =>
            navigate({ to: '/directory', search: { school: of, view: value === 'people' ? undefined : value } })
          }
        />
      )}
      {school ? (
        <Part key={`${school.uai} ${group ?? view}`} school={school} view={view} group={group} />
      ) : (
        <EmptyState title={t('directory.notAllowed')}>{t('directory.notAllowed.hint')}</EmptyState>
      )}
    </Screen>
  )
}
