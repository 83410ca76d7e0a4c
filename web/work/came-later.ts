import type { HandInVersion } from '../../shared/work/hand-in.ts'
import { clockTolerance } from '../../shared/work/hand-in-rules.ts'

/** True for a hand-in that was on its way for longer than a request takes: it was made without a network. */
export const cameLater = ({ at, receivedAt }: Pick<HandInVersion, 'at' | 'receivedAt'>): boolean =>
  Date.parse(receivedAt) - Date.parse(at) > clockTolerance * 1000
