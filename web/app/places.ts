import type { Role } from '../../shared/kernel/role.ts'
import type { Me } from '../../shared/session/contract.ts'
import type { KeyOf } from '../platform/catalogue.ts'
import type { IconName } from '../ui/icon.tsx'
import type { texts } from './texts.ts'

export type Place = {
  readonly to: '/' | '/news' | '/directory' | '/account'
  readonly icon: IconName
  readonly label: KeyOf<typeof texts>
}

const everybody = [
  { to: '/', icon: 'home', label: 'app.home' },
  { to: '/news', icon: 'news', label: 'app.news' },
] as const satisfies readonly Place[]

/** Those who have somebody to look up or to give a code to: what of a directory they see, the API decides. */
export const consultants: readonly Role[] = ['administrator', 'head', 'pupil-life', 'teacher']

/** Where a person can go: at most five places, and only those that are there for them. */
export const placesOf = (me: Me): readonly Place[] => {
  const consults = me.roles.some(({ role }) => consultants.includes(role))
  return [
    ...everybody,
    ...(consults ? [{ to: '/directory', icon: 'people', label: 'app.directory' } as const] : []),
    { to: '/account', icon: 'person', label: 'app.account' },
  ]
}
