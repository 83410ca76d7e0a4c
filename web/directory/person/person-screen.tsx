import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { useParams } from 'wouter'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useSearch } from '../../platform/navigation.ts'
import { read } from '../../platform/read.ts'
import { classes } from '../../ui/classes.ts'
import type { PersonBlock } from '../../ui/feature.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { wideFrom } from '../../ui/wide.ts'
import { Codes } from '../codes.tsx'
import { useIssuing } from '../issuing.ts'
import { texts as ofDirectory } from '../texts.ts'
import { Account } from './account.tsx'
import { Beside } from './beside.tsx'
import { Decisions } from './decisions.tsx'
import { Erase } from './erase.tsx'
import { Events } from './events.tsx'
import styles from './person.module.css'
import { Relatives } from './relatives.tsx'
import { texts } from './texts.ts'

/** True where the people who were searched for stand beside one of them. */
const useWide = wideFrom(1200)

const Head = ({ person }: { readonly person: PersonPage }) => {
  const t = useTexts(texts, ofDirectory)
  const dates = useDates()
  const roles = person.roles.map(({ role, school }) => `${t(`directory.is.${role}`)} · ${school}`)
  return (
    <header className={styles.head}>
      <span className={styles.initials} aria-hidden="true">
        {(person.givenName.charAt(0) + person.familyName.charAt(0)).toUpperCase()}
      </span>
      <div>
        {[...new Set(roles)].map(role => (
          <p key={role}>{role}</p>
        ))}
        {person.leftAt && <p>{t('directory.person.left', { date: dates.date(person.leftAt) })}</p>}
      </div>
    </header>
  )
}

type Blocks = readonly PersonBlock[]

const Page = ({ person, blocks }: { readonly person: PersonPage; readonly blocks: Blocks }) => {
  const issuing = useIssuing(person.caredForIn ?? '')
  const school = person.roles.find(({ uai }) => uai === person.caredForIn)?.school ?? ''
  if (issuing.issued) return <Codes codes={issuing.issued} school={school} onDone={issuing.done} />
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <Head person={person} />
        <Relatives person={person} />
        <Decisions person={person} />
        {blocks.map((Block, at) => (
          <Block key={String(at)} person={person.id} frozen={person.frozen?.at} />
        ))}
      </div>
      <Account person={person} issuing={issuing} />
      <div className={styles.column}>
        <Events events={person.events} />
        <Erase person={person} />
      </div>
    </div>
  )
}

/** Makes the page of a person, with the features' blocks. */
export const personScreen =
  (blocks: Blocks): ComponentType =>
  () => <PersonScreen blocks={blocks} />

/** A person whole, for those who run a school of theirs: relatives, account, what happened. */
const PersonScreen = ({ blocks }: { readonly blocks: Blocks }) => {
  const t = useTexts(texts)
  const { person = '' } = useParams()
  const isWide = useWide()
  const found = useSearch('/directory/people/:person')
  const query = useQuery(read(directoryContract.routes.person, { params: { person } }))
  return (
    <Screen
      title={query.data ? listName(query.data) : t('directory.person.title')}
      back={
        <BackLink to="/directory" search={found}>
          {t('directory.person.back')}
        </BackLink>
      }
    >
      <div className={classes(isWide && styles.split)}>
        {isWide && <Beside id={person} person={query.data} />}
        <ReadState query={query} loading={<Skeleton rows={6} />}>
          {one => <Page key={one.id} person={one} blocks={blocks} />}
        </ReadState>
      </div>
    </Screen>
  )
}
