import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ImportRow } from '../../../shared/directory/imports.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { navigate, useSearch } from '../../platform/navigation.ts'
import { readPages } from '../../platform/read.ts'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { directorySchoolsOf } from '../directory-schools.ts'
import styles from './import.module.css'
import { ImportList, inTime } from './import-list.tsx'
import { OneImport } from './import-page.tsx'
import { texts } from './texts.ts'

/** Milliseconds between two looks at an import that is under way. */
const lookingAgain = 3_000

/** Whether something was answered whose import has not ended. */
const isUnderWay = (rows: readonly ImportRow[]): boolean =>
  rows.some(({ held, answer }) => held?.state === 'running' || answer?.ended === false)

/** The imports of a school beside the one that is shown: the held one first of all, else the last. */
const Imports = ({ uai, id }: { readonly uai: string; readonly id: string | undefined }) => {
  const t = useTexts(texts)
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.imports, { params: { uai }, query: {} }),
    refetchInterval: ({ state }) =>
      isUnderWay(state.data?.pages.flatMap(page => page.items) ?? []) ? lookingAgain : false,
  })
  const rows = query.data?.flatMap(page => page.items)
  const missed = query.data?.flatMap(page => page.missed) ?? []
  return (
    <ReadState query={{ ...query, data: rows }} loading={<Skeleton rows={6} />}>
      {found => {
        const shown = id ?? (found.find(row => row.held?.state === 'open') ?? found[0])?.id
        if (shown === undefined)
          return <EmptyState title={t('directory.import.none')}>{t('directory.import.none.hint')}</EmptyState>
        return (
          <div className={classes(styles.panes, id !== undefined && styles.reading)}>
            <div className={styles.left}>
              <ImportList rows={inTime(found, missed, !query.hasNextPage)} uai={uai} shown={shown} />
              <ListEnd query={query} />
            </div>
            <div className={styles.right}>
              <OneImport key={shown} id={shown} uai={uai} every={isUnderWay(found) ? lookingAgain : undefined} />
            </div>
          </div>
        )
      }}
    </ReadState>
  )
}

/** The page Import: what each delivery of the directory changed in a school, and what waits for an answer. */
export const ImportScreen = () => {
  const t = useTexts(texts)
  const schools = directorySchoolsOf(useMe()).filter(school => school.searches)
  const { school: of, import: id } = useParams()
  const { school: asked } = useSearch('/imports')
  const school = schools.find(one => one.uai === (of ?? asked)) ?? schools[0]
  return (
    <Screen
      title={t('directory.import.title')}
      back={
        id !== undefined && (
          <BackLink to="/imports" search={{ school: schools.length > 1 ? school?.uai : undefined }}>
            {t('directory.import.back')}
          </BackLink>
        )
      }
    >
      {school && schools.length > 1 && (
        <Select
          label={t('directory.import.school')}
          options={schools.map(one => ({ value: one.uai, label: one.name }))}
          value={school.uai}
          onChange={chosen => navigate({ to: '/imports', search: { school: chosen } })}
        />
      )}
      {school && <Imports key={school.uai} uai={school.uai} id={id} />}
    </Screen>
  )
}
