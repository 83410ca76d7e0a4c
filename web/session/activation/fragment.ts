import { cut } from '../../../shared/kernel/text.ts'

/**
 * The login that the address on a printed sheet holds, in its fragment: `#login=lea.martin`. A fragment never leaves the
 * browser. The code is not in it, and none is taken from there: it is typed from the paper.
 */
export const loginOnSheet = (fragment: string): string =>
  cut((new URLSearchParams(fragment.replace(/^#/, '')).get('login') ?? '').trim(), 80)
