import type { NewsState } from '../../../shared/news/shapes.ts'
import type { Condition } from '../../platform/operation.ts'
import type { NewsItem } from '../patterns.ts'

/** In which states of a publication each change of it is allowed. */
export const allowedStates = {
  edit: ['scheduled', 'published', 'ended'],
  undo: ['scheduled'],
  withdraw: ['scheduled', 'published', 'ended'],
  restore: ['withdrawn'],
  enter: ['published', 'ended'],
  takeBack: ['published', 'ended'],
  remind: ['published'],
} as const satisfies Record<string, readonly NewsState[]>

export type PublicationChange = keyof typeof allowedStates

/** What a stored item looks like in each state: the same as stateOf() in shared/news/rules.ts says of it. */
const conditionOf = (state: NewsState, at: string): Condition<NewsItem> => {
  switch (state) {
    case 'withdrawn':
      return { has: ['withdrawnAt'] }
    case 'scheduled':
      return { lacks: ['withdrawnAt'], above: { publishedAt: at } }
    case 'published':
      return {
        lacks: ['withdrawnAt'],
        notAbove: { publishedAt: at },
        any: [{ lacks: ['until'] }, { above: { until: at } }],
      }
    case 'ended':
      return { lacks: ['withdrawnAt'], notAbove: { publishedAt: at, until: at } }
  }
}

/** The condition under which a change of a publication is written: its state, at that moment, is one that allows it. */
export const allows = (change: PublicationChange, now: Date): Condition<NewsItem> => ({
  present: true,
  any: allowedStates[change].map(state => conditionOf(state, now.toISOString())),
})

/** The condition under which a whole item is put: it is as it was read. A reminder changes no version. */
export const asRead = ({ version, remindedAt }: Pick<NewsItem, 'version' | 'remindedAt'>): Condition<NewsItem> =>
  remindedAt === undefined ? { is: { version }, lacks: ['remindedAt'] } : { is: { version, remindedAt } }

/** True if a publication in this state may be changed so. */
export const isAllowed = (change: PublicationChange, state: NewsState): boolean =>
  (allowedStates[change] as readonly NewsState[]).includes(state)
