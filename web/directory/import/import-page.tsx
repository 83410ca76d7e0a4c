import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ImportPage } from '../../../shared/directory/imports.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { read } from '../../platform/read.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ChangedPeople } from './changed-people.tsx'
import { Findings } from './findings.tsx'
import { HeldBack } from './held.tsx'
import styles from './import.module.css'
import { ReportButton } from './report-button.tsx'
import { texts } from './texts.ts'
import { Undo } from './undo.tsx'

type OfSchool = { readonly uai: string }

const Told = ({ page, uai }: OfSchool & { readonly page: ImportPage }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const [sees, setSees] = useState(false)
  useEffect(() => {
    if (sees) document.getElementById('kind-losing')?.focus()
  }, [sees])
  const isSame = page.changes.length === 0
  return (
    <>
      <header className={styles.head}>
        <div className={styles.top}>
          <h2>{t('directory.import.of', { when: dates.dayTime(page.at) })}</h2>
          <ReportButton page={page} uai={uai} />
        </div>
        <p className={styles.soft}>
          {!page.held && `${t(isSame ? 'directory.import.done.same' : 'directory.import.done')} · `}
          {t(`directory.import.mode.${page.mode}`)}
        </p>
      </header>
      <HeldBack page={page} uai={uai} onSee={() => setSees(true)} />
      <Undo page={page} uai={uai} />
      <div className={styles.kinds}>
        {page.changes.map(kind => (
          <ChangedPeople key={kind.kind} of={page} uai={uai} kind={kind} opened={sees && kind.kind === 'losing'} />
        ))}
        <Findings page={page} />
      </div>
    </>
  )
}

/** What one import changed in a school. */
export const OneImport = ({
  id,
  every,
  ...school
}: OfSchool & { readonly id: string; readonly every: number | undefined }) => {
  const params = { uai: school.uai, import: id }
  const query = useQuery(read(directoryContract.routes.import, { params }, every === undefined ? {} : { every }))
  return (
    <ReadState query={query} loading={<Skeleton rows={6} />}>
      {page => <Told key={page.id} page={page} {...school} />}
    </ReadState>
  )
}
