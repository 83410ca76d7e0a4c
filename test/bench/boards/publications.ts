import type * as z from 'zod/mini'
import type { PersonItem } from '../../../functions/directory/audiences.ts'
import { inlineText } from '../../../shared/news/board.ts'
import type { newsContract } from '../../../shared/news/contract.ts'
import { openRandom, pickFrom } from '../../support/random.ts'

/** What an author sends. */
export type Draft = z.infer<(typeof newsContract.routes.publish)['body']>

/**
 * Whom publications are for, one after the other: of twenty, fifteen are for one class, its guardians or both, and each
 * stretch of fifteen holds one for the whole school.
 */
const [ofClass, ofFamilies] = ['class', 'class-guardians']
const addressed: readonly (readonly string[])[] = [
  ...[[ofFamilies], [ofClass], [ofClass, ofFamilies], ['guardians'], [ofClass], [ofFamilies], ['school']],
  ...[[ofFamilies], [ofClass], [ofClass, ofFamilies], ['pupils'], [ofClass], [ofFamilies], ['guardians']],
  ...[[ofClass], [ofFamilies], ['adults'], [ofClass, ofFamilies], [ofClass], [ofFamilies]],
]

const sentence = 'Les cours continuent à distance : le travail de la journée est donné dans chaque matière. '

/** A text of about so many characters; no two are alike, as none of real ones are. */
export const textOf = (length: number, random: () => number): string => {
  const words = `${sentence.repeat(Math.ceil(length / sentence.length))}`.slice(0, length).split(' ')
  return words.map(word => (random() < 0.3 ? word.toUpperCase() : word)).join(' ')
}

/** One text in so many is too long to stand in its board. */
const longTexts = 5
/** One publication in so many that reaches guardians asks for their signature. */
const notices = 6

type AudienceIds = (kinds: readonly string[], random: () => number) => readonly string[]

/** The audiences of some kinds, those of groups all of one group taken at random. */
export const audiencesOf = (people: readonly PersonItem[], uai: string): AudienceIds => {
  const all = new Map(
    people.flatMap(({ audiences }) => audiences.filter(one => one.uai === uai).map(one => [one.id, one])),
  )
  const ofKind = (kind: string) => [...all.values()].filter(one => one.kind === kind)
  const classes = [...new Set(ofKind('class-guardians').flatMap(({ group }) => group ?? []))].sort()
  return (kinds, random) => {
    const group = pickFrom(classes, random)
    return kinds.map(kind => {
      const found = ofKind(kind).find(one => one.group === undefined || one.group === group)
      if (!found) throw new Error(`the school has no audience ${kind}`)
      return found.id
    })
  }
}

/** Publications of a school, the same at each run for a seed. */
export const draftsOf = (count: number, uai: string, ids: AudienceIds, seed: number): readonly Draft[] => {
  const random = openRandom(seed)
  return Array.from({ length: count }, (_, at) => {
    const kinds = addressed[at % addressed.length] ?? []
    const isLong = at % longTexts === longTexts - 1
    const isNotice = at % notices === 0 && kinds.some(kind => kind.endsWith('guardians'))
    return {
      uai,
      title: `Information ${seed}-${at + 1}`,
      body: textOf(isLong ? 2.5 * inlineText : inlineText * (0.2 + 0.7 * random()), random),
      audiences: [...ids(kinds, random)],
      pinned: false,
      urgent: false,
      notice: isNotice ? ('pupil' as const) : ('none' as const),
    }
  })
}
