import { type Feature, textKey } from '../ui/feature.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/account': never
    '/sign-in': 'next' | 'why'
    '/activate': never
    '/sign-in/step': 'next'
    '/second-factor': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly session: typeof session
  }
}

/** Signing in, activating an account, managing it. */
export const session = {
  screens: {
    '/account': { load: async () => (await import('./account/account.tsx')).Account },
    '/sign-in': { load: async () => (await import('./sign-in.tsx')).SignIn, for: 'anyone' },
    '/sign-in/step': { load: async () => (await import('./factor/second-step.tsx')).SecondStep, for: 'anyone' },
    '/second-factor': { load: async () => (await import('./factor/missing.tsx')).FactorMissing, for: 'anyone' },
    '/activate': { load: async () => (await import('./activation/activate.tsx')).Activate, for: 'anyone' },
  },
  menu: { to: '/account', icon: 'person', label: textKey(texts, 'session.menu'), rank: 100, inBar: true },
  writes: async () => (await import('./writes.ts')).writes,
} as const satisfies Feature
