import { inCharge } from '../../shared/kernel/charge.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { type Feature, textKey } from '../ui/feature.ts'
import { isFormerLeft } from './former-places.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/notebook': 'week' | 'of'
    '/notebook/budget': never
    '/notebook/set': 'kind' | 'day' | 'group' | 'from'
    '/notebook/set/:piece': never
    '/notebook/years': never
    '/notebook/years/:audience': never
    '/notebook/:piece': 'week'
    '/notebook/hand-in/:piece': 'of'
    '/notebook/collected/:piece': 'pupil'
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly work: typeof work
  }
}

const readers: readonly Role[] = ['pupil', 'guardian', 'teacher']
const teachers: readonly Role[] = ['teacher']

/** Work: what classes have done and are to do, by day. */
export const work = {
  screens: {
    '/notebook': { load: async () => (await import('./work-screen.tsx')).WorkScreen, for: readers },
    '/notebook/budget': {
      load: async () => (await import('./budget/budget-screen.tsx')).BudgetScreen,
      for: inCharge,
    },
    '/notebook/set': {
      load: async () => (await import('./set/set-screen.tsx')).SetScreen,
      for: teachers,
      layout: 'writing',
    },
    '/notebook/set/:piece': {
      load: async () => (await import('./set/edit-screen.tsx')).EditScreen,
      for: teachers,
      layout: 'writing',
    },
    '/notebook/years': { load: async () => (await import('./years/years-screen.tsx')).YearsScreen, for: readers },
    '/notebook/years/:audience': {
      load: async () => (await import('./years/closed-notebook-screen.tsx')).ClosedNotebookScreen,
      for: readers,
    },
    '/notebook/hand-in/:piece': {
      load: async () => (await import('./hand-in/hand-in-screen.tsx')).HandInScreen,
      for: ['pupil', 'guardian'],
    },
    '/notebook/collected/:piece': {
      load: async () => (await import('./collected/collected-screen.tsx')).CollectedScreen,
      for: teachers,
    },
    '/notebook/:piece': {
      load: async () => (await import('./followed/followed-screen.tsx')).FollowedScreen,
      for: teachers,
    },
  },
  menu: { to: '/notebook', icon: 'work', label: textKey(texts, 'work.menu'), rank: 5, for: readers },
  home: async () => (await import('./home.tsx')).workHome,
  writes: async () => (await import('./writes.ts')).writes,
  takeOver: async content => isFormerLeft(content) && (await import('./former.ts')).takeOver(content),
} as const satisfies Feature
