import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { IssuedCode } from '../../shared/directory/contract.ts'
import type { Failure } from '../platform/failure.ts'
import { useWrite } from '../platform/write.ts'
import { type Listed, voidedBy } from './selection.ts'
import { refresh, writes } from './writes.ts'

/** How many people one request may give codes to (shared/directory/contract.ts). */
const atOnce = 30

/**
 * Gives codes to any number of people, a request after another. Where one fails, the codes given before it are shown with
 * the reason: nobody else may read them any more. Codes that are still good end as far as the accounts, as they were
 * shown, say so: where more would, nothing is done.
 */
export const useIssuing = (uai: string) => {
  const client = useQueryClient()
  const write = useWrite(writes.issueCodes)
  const [issued, setIssued] = useState<readonly IssuedCode[]>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const issue = (people: readonly Listed[]) => {
    setBusy(true)
    setFailure(undefined)
    const from = (at: number, given: readonly IssuedCode[]): void => {
      const end = (why?: Failure) => {
        setBusy(false)
        setFailure(why)
        // What the lists show is not so any more.
        if (why?.type === 'codes-still-good') refresh(client)
        if (given.length > 0) setIssued(given)
      }
      if (at >= people.length) {
        end()
        return
      }
      const some = people.slice(at, at + atOnce)
      const voids = voidedBy(some)
      write.send(
        { params: { uai }, body: { people: some.map(({ id }) => id), voids } },
        { onDone: ({ items }) => from(at + atOnce, [...given, ...items]), onFailed: end },
      )
    }
    from(0, [])
  }
  return {
    issue,
    issued,
    failure,
    busy,
    /** The codes are printed, and not shown again. */
    done: () => {
      setIssued(undefined)
      setFailure(undefined)
    },
  }
}

export type Issuing = ReturnType<typeof useIssuing>
