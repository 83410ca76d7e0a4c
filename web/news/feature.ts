import type { Role } from '../../shared/kernel/role.ts'
import { type Feature, textKey } from '../ui/feature.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/news': 'show' | 'of'
    '/news/write': 'from' | 'template' | 'of'
    '/news/write/:news': never
    '/news/mine': 'of'
    '/news/:news/readers': 'state' | 'group' | 'answer'
    '/news/:audience/:news': 'show' | 'of'
    '/news/years': never
    '/news/years/:audience': never
    '/news/years/:audience/:news': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly news: typeof news
  }
}

const publishers: readonly Role[] = ['teacher', 'pupil-life', 'head', 'administrator']

/** The list and the open item are one screen, which stays mounted from item to item. */
const reading = async () => (await import('./news-screen.tsx')).NewsScreen

/** News: what a school publishes to its audiences, who has read it, and notices to sign. */
export const news = {
  screens: {
    '/news': { load: reading },
    '/news/:audience/:news': { load: reading },
    '/news/write': {
      load: async () => (await import('./compose/compose-screen.tsx')).ComposeScreen,
      for: publishers,
      layout: 'writing',
    },
    '/news/write/:news': {
      load: async () => (await import('./compose/edit-screen.tsx')).EditScreen,
      for: publishers,
      layout: 'writing',
    },
    '/news/years': { load: async () => (await import('./years/years-screen.tsx')).YearsScreen },
    '/news/years/:audience': { load: async () => (await import('./years/closed-list-screen.tsx')).ClosedListScreen },
    '/news/years/:audience/:news': {
      load: async () => (await import('./years/closed-news-screen.tsx')).ClosedNewsScreen,
    },
    '/news/mine': {
      load: async () => (await import('./published/published-screen.tsx')).PublishedScreen,
      for: publishers,
    },
    '/news/:news/readers': {
      load: async () => (await import('./published/readers-screen.tsx')).ReadersScreen,
      for: publishers,
    },
  },
  menu: { to: '/news', icon: 'news', label: textKey(texts, 'news.menu'), rank: 10 },
  writes: async () => (await import('./writes.ts')).writes,
  home: async () => (await import('./home.tsx')).newsHome,
  person: async () => (await import('./published/of-person.tsx')).PublishedLately,
} as const satisfies Feature
