import { type Feature, textKey } from '../ui/feature.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly home: typeof home
  }
}

/** The first screen after signing in. */
export const home = {
  screens: {
    '/': {
      // The blocks' chunks are requested in parallel with the screen's.
      load: async features => {
        const blocks = Promise.all(features.flatMap(feature => feature.home?.() ?? []))
        const { homeScreen } = await import('./home-screen.tsx')
        return homeScreen(await blocks)
      },
    },
  },
  menu: { to: '/', icon: 'home', label: textKey(texts, 'home.menu'), rank: 0 },
} as const satisfies Feature
