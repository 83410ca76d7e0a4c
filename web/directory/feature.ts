import type { Role } from '../../shared/kernel/role.ts'
import { type Feature, textKey } from '../ui/feature.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/directory': 'school' | 'view' | 'search' | 'role'
    '/directory/classes/:group': 'school' | 'side'
    '/directory/people/:person': 'school' | 'search' | 'role'
    '/imports': 'school'
    '/imports/:school/:import': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly directory: typeof directory
  }
}

/** Roles that look people up or give codes. The API decides what of a directory each of them sees. */
const consultants: readonly Role[] = ['administrator', 'head', 'pupil-life', 'teacher']

/** Those who look after accounts: they see people's pages. */
const inCharge: readonly Role[] = ['administrator', 'head']

/** The list and a class are one screen, which stays mounted. */
const list = async () => (await import('./directory-screen.tsx')).DirectoryScreen

/** The list of imports and one of them are one screen, too. */
const imports = async () => (await import('./import/import-screen.tsx')).ImportScreen

/** The directory: who is in a school, and their activation codes. */
export const directory = {
  screens: {
    '/directory': { load: list, for: consultants },
    '/directory/classes/:group': { load: list, for: consultants },
    '/directory/people/:person': {
      load: async features => {
        const blocks = Promise.all(features.flatMap(feature => feature.person?.() ?? []))
        const { personScreen } = await import('./person/person-screen.tsx')
        return personScreen(await blocks)
      },
      for: inCharge,
    },
    '/imports': { load: imports, for: inCharge },
    '/imports/:school/:import': { load: imports, for: inCharge },
  },
  menu: [
    { to: '/directory', icon: 'people', label: textKey(texts, 'directory.menu'), rank: 20, for: consultants },
    { to: '/imports', icon: 'download', label: textKey(texts, 'directory.import.menu'), rank: 25, for: inCharge },
  ],
  writes: async () => (await import('./writes.ts')).writes,
  home: async () => (await import('./home.tsx')).directoryHome,
} as const satisfies Feature
