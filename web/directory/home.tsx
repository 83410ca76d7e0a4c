import { type ComponentType, lazy, Suspense } from 'react'
import { holds, type Role } from '../../shared/kernel/role.ts'
import type { Me } from '../../shared/session/contract.ts'
import { useTexts } from '../platform/catalogue.ts'
import type { HomeBlock } from '../platform/home-block.ts'
import { LinkButton } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { SchoolsProps } from './home/schools.tsx'
import { texts } from './home/texts.ts'

/** Comes with the directory, for those alone who look after one. Where it cannot be fetched, the menu leads there. */
const Schools = lazy<ComponentType<SchoolsProps>>(() =>
  import('./home/schools.tsx').then(
    ({ Schools: part }) => ({ default: part }),
    () => ({ default: () => null }),
  ),
)

/** Those who teach or run the school besides come for that first. */
const others: readonly Role[] = ['teacher', 'head', 'pupil-life']

/** The schools whose imports somebody answers, and those whose accounts they look after. */
const lookedAfter = ({ roles, schools }: Me): SchoolsProps['of'] =>
  schools.flatMap(({ uai, name }) => {
    const isAdministrator = holds(roles, uai, ['administrator'])
    return isAdministrator || holds(roles, uai, ['head']) ? [{ uai, name, isAdministrator }] : []
  })

const isAdministratorAlone = ({ roles }: Me): boolean =>
  roles.some(({ role }) => role === 'administrator') && !roles.some(({ role }) => others.includes(role))

const CodesButton = ({ variant }: { readonly variant: 'primary' | 'plain' }) => {
  const t = useTexts(texts)
  return (
    <LinkButton variant={variant} icon="key" to="/directory">
      {t('directory.home.codes')}
    </LinkButton>
  )
}

/** The directory on Home, for those who look after one: imports that wait for an answer, and who has no code. */
export const directoryHome: HomeBlock = {
  part: me => {
    const of = lookedAfter(me)
    return (
      of.length > 0 && (
        // A head has something there on few days: nothing is held free for it.
        <Suspense fallback={of.some(one => one.isAdministrator) ? <Skeleton rows={3} /> : null}>
          <Schools of={of} />
        </Suspense>
      )
    )
  },
  action: (me, variant) => isAdministratorAlone(me) && <CodesButton variant={variant} />,
  comesFirst: isAdministratorAlone,
}
