import type { Me } from '../../shared/session/contract.ts'
import type { KeyOf } from '../platform/catalogue.ts'
import type { IconName } from '../ui/icon.tsx'
import type { messages } from './messages.ts'

export type Place = {
  readonly to: '/' | '/news' | '/directory' | '/account'
  readonly icon: IconName
  readonly label: KeyOf<typeof messages>
}

const everybody = [
  { to: '/', icon: 'home', label: 'app.home' },
  { to: '/news', icon: 'news', label: 'app.news' },
] as const satisfies readonly Place[]

/** Where a person can go: at most five places, and only those that are there for them. */
export const placesOf = (me: Me): readonly Place[] => {
  const runsSchool = me.roles.some(({ role }) => role === 'administrator' || role === 'head')
  return [
    ...everybody,
    ...(runsSchool ? [{ to: '/directory', icon: 'people', label: 'app.directory' } as const] : []),
    { to: '/account', icon: 'person', label: 'app.account' },
  ]
}
