import type { QueryKey } from '@tanstack/react-query'
import { currentSession } from '../platform/api.ts'
import type { StoredContent } from '../platform/content.ts'
import { localStore, safely } from '../platform/storage.ts'

/** Where earlier versions of the app kept what was ticked: among the stored reads. */
export const isFormerTicks = ([feature, name]: QueryKey): boolean => feature === 'work' && name === 'ticked-here'

const namesOf = (prefix: string): readonly string[] =>
  safely(() =>
    Array.from({ length: localStore.length }, (_, at) => localStore.key(at) ?? '').filter(item =>
      item.startsWith(prefix),
    ),
  ) ?? []

const handedIn = 'preau.work.handed-in.'

/** Where earlier versions kept what was handed in: an item of localStorage for each person. */
export const formerHandIns = (): readonly { readonly item: string; readonly person: string }[] =>
  namesOf(handedIn).map(item => ({ item, person: item.slice(handedIn.length) }))

const drafts = 'preau.work.draft.'

/**
 * Where earlier versions kept the drafts of whoever is signed in: in localStorage, on a shared device too. `from`: the
 * piece that one is a copy of.
 */
export const formerDrafts = (): readonly {
  readonly item: string
  readonly person: string
  readonly from?: string
}[] => {
  const session = currentSession()
  // Whom only the edge knows has not said yet whose device it is.
  if (session.state !== 'signed-in' || session.isReader) return []
  const { id: person } = session.me.person
  return namesOf(`${drafts}${person}`).flatMap(item => {
    const [of, from] = item.slice(drafts.length).split('.')
    return of === person ? [{ item, person, ...(from !== undefined && { from }) }] : []
  })
}

const handInDrafts = 'preau.work.hand-in.'

/**
 * Where earlier versions kept what whoever is signed in had not handed in yet, text and files: in localStorage, on a shared
 * device too, where it is kept for the session now (hand-in/draft.ts) under the same name.
 */
export const formerHandInDrafts = (): readonly string[] => {
  const session = currentSession()
  if (session.state !== 'signed-in' || session.isReader || session.personal) return []
  const { id: person } = session.me.person
  return [`${handInDrafts}${person}.`, `${handInDrafts}files.${person}.`].flatMap(namesOf)
}

/** True if this device holds something of earlier versions that is to be taken over (former.ts). */
export const isFormerLeft = (content: StoredContent | undefined): boolean =>
  formerHandIns().length > 0 ||
  formerDrafts().length > 0 ||
  formerHandInDrafts().length > 0 ||
  (content?.reads.some(({ key }) => isFormerTicks(key)) ?? false)
