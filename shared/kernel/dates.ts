import * as z from 'zod/mini'

/** An instant as ISO 8601 in UTC with milliseconds, `2026-03-16T07:30:00.000Z`: sorts as text. */
export const Instant = z.iso.datetime({ precision: 3 })

/** Seconds since 1970, as DynamoDB's TTL wants it. */
export const epochSeconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** `at` moved by `seconds`. */
export const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)

export const minute = 60
export const hour = 3600
export const day = 86_400
