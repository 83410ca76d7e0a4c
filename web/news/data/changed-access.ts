import { useEffect } from 'react'
import { currentSession, renewAccess } from '../../platform/api.ts'
import { pollBoardsSoon } from '../../platform/boards/boards.ts'

/** Access for which the session was renewed already: once is enough, whatever comes of it. */
let renewedFor: string | undefined

const renewIfChanged = (access: string): void => {
  const session = currentSession()
  if (session.state !== 'signed-in' || session.me.access === access || renewedFor === access) return
  renewedFor = access
  void renewAccess().then(pollBoardsSoon)
}

/** The private read of Home: it tells the version of the reader's access. */
type PrivateRead = {
  readonly data?: { readonly access?: string | undefined } | undefined
  readonly isFetchedAfterMount: boolean
}

/** Renews the session where the API tells of another access than its token does: what was gained is read at once. */
export const useChangedAccess = ({ data, isFetchedAfterMount }: PrivateRead): void => {
  useEffect(() => {
    // What an earlier visit stored tells of an earlier access.
    if (data?.access !== undefined && isFetchedAfterMount) renewIfChanged(data.access)
  }, [data, isFetchedAfterMount])
}
