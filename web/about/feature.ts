import type { Feature } from '../ui/feature.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/help': never
    '/legal-notice': never
    '/personal-data': never
    '/accessibilite': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly about: typeof about
  }
}

const open = { for: 'anyone', layout: 'open' } as const

/** What this service is and who answers for it: help, and what the law asks a public service to say. */
export const about = {
  screens: {
    '/help': { load: async () => (await import('./help.tsx')).Help, ...open },
    '/legal-notice': { load: async () => (await import('./legal-notice.tsx')).LegalNotice, ...open },
    '/personal-data': { load: async () => (await import('./personal-data.tsx')).PersonalData, ...open },
    // The address that the RGAA 4.1 recommends.
    '/accessibilite': { load: async () => (await import('./accessibility.tsx')).AccessibilityStatement, ...open },
  },
} as const satisfies Feature
