import type { Stored } from './fixture.ts'

/** When somebody left is another time in each run, and goes into their fingerprints: these are left out, of them alone. */
export const withoutTimes = (items: Map<string, Stored>) =>
  new Map(
    [...items].map(([key, item]) => {
      const ofLeft = item.status === 'suspended' || item.left || item.suspended || key.includes('|KEPT#')
      if (!ofLeft) return [key, item]
      const { suspendedAt: _, left, print: __, rows, ...rest } = item
      return [key, { ...rest, ...(left ? { left: true } : {}), ...(rows ? { rows: Object.keys(rows).sort() } : {}) }]
    }),
  )
