import { useState } from 'react'
import { asksMore, passesBudget } from '../../../shared/work/budget.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { SetPiece } from '../../../shared/work/shapes.ts'
import type { Failure } from '../../platform/failure.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import type { ReaderPiece } from '../data/pieces.ts'
import { minutesOf, type WorkForm } from './form.ts'
import { type ClassLoad, classLoad } from './loads.ts'

/** A class and a day, for which its work would take `all` minutes of the `allowed` ones. */
export type LongDay = {
  readonly group: string
  readonly day: string
  readonly all: number
  readonly allowed: number
}

/** What the API said of a class's day: the minutes of others', and those that the school allows. */
type Heard = { readonly others: number; readonly allowed: number }

const keyOf = (group: string, day: string): string => `${group} ${day}`

type Told = {
  readonly uai: string
  /** The notebooks of one's classes, as this device has them. */
  readonly pieces: readonly ReaderPiece[]
  /** The piece that is changed. */
  readonly edited?: SetPiece
}

/**
 * What classes have for a day, and the school's budget of minutes. Where the API knows of more than this device does, what it
 * answered counts.
 */
export const useBudget = ({ uai, pieces, edited }: Told) => {
  const { data } = useRead(read(workContract.routes.budget, { params: { uai } }))
  const [heard, setHeard] = useState<ReadonlyMap<string, Heard>>(new Map())
  const loadOf = (group: string, day: string): ClassLoad => {
    const known = classLoad(pieces, group, day, edited?.id)
    return { ...known, minutes: Math.max(known.minutes, heard.get(keyOf(group, day))?.others ?? 0) }
  }
  const allowedFor = (group: string, day: string): number | undefined =>
    heard.get(keyOf(group, day))?.allowed ?? data?.minutes
  return {
    loadOf,
    allowedFor,
    /** The classes and days of a form for which its work passes the budget. */
    longDays: (form: WorkForm): readonly LongDay[] => {
      const minutes = minutesOf(form) || 0
      return Object.entries(form.days).flatMap(([group, day]) => {
        const [others, allowed] = [loadOf(group, day).minutes, allowedFor(group, day)]
        if (form.kind !== 'task' || (edited && !asksMore(edited, { day, minutes }))) return []
        return allowed !== undefined && passesBudget(others, minutes, allowed)
          ? [{ group, day, all: others + minutes, allowed }]
          : []
      })
    },
    /** Takes the figures of a refusal. `places`: the classes and days in the order in which they were sent. */
    hear: ({ type, errors = [] }: Failure, minutes = 0, places: readonly { group: string; day: string }[]): void => {
      if (type !== 'over-budget') return
      const found = errors.flatMap(({ path, room }) => {
        const place = places[Number(/^body\.to\.(\d+)$/.exec(path)?.[1] ?? 0)]
        if (!place || !room) return []
        return [[keyOf(place.group, place.day), { others: room.needed - minutes, allowed: room.left }] as const]
      })
      setHeard(new Map([...heard, ...found]))
    },
  }
}

export type KnownBudget = ReturnType<typeof useBudget>
