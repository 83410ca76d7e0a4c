import { useInfiniteQuery } from '@tanstack/react-query'
import { directoryContract } from '../../shared/directory/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import { readPages } from '../platform/read.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ListEnd } from '../ui/list-end.tsx'
import { ReadState } from '../ui/read-state.tsx'
import { AccountsByClass } from './accounts-by-class.tsx'
import type { DirectorySchool } from './directory-schools.ts'
import { GroupTiles } from './group-tiles.tsx'
import { texts } from './texts.ts'

/** All groups of a school: of who looks after its accounts, classes with where these are. */
const SchoolGroups = ({ school }: { readonly school: DirectorySchool }) => {
  const t = useTexts(texts)
  const query = useInfiniteQuery(readPages(directoryContract.routes.groups, { params: { uai: school.uai }, query: {} }))
  const groups = query.data?.flatMap(page => page.items)
  return (
    <>
      {school.searches && <AccountsByClass school={school} />}
      <ReadState query={{ ...query, data: groups }}>
        {found =>
          found.length === 0 ? (
            <EmptyState title={t('directory.empty.groups')}>{t('directory.empty.groups.hint')}</EmptyState>
          ) : (
            <>
              {!school.searches && (
                <GroupTiles
                  title={t('directory.classes')}
                  groups={found.filter(group => group.kind === 'class')}
                  school={school}
                />
              )}
              <GroupTiles
                title={t('directory.teaching-groups')}
                groups={found.filter(group => group.kind === 'group')}
                school={school}
              />
              <ListEnd query={query} />
            </>
          )
        }
      </ReadState>
    </>
  )
}

/** The classes and groups of a school, or a teacher's own. */
export const Groups = ({ school }: { readonly school: DirectorySchool }) => {
  const t = useTexts(texts)
  if (!school.own) return <SchoolGroups school={school} />
  if (school.own.length === 0)
    return <EmptyState title={t('directory.empty.groups')}>{t('directory.empty.groups.hint')}</EmptyState>
  return <GroupTiles title={t('directory.own')} groups={school.own} school={school} />
}
