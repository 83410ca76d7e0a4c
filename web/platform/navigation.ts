import { useMemo } from 'react'
import { useSearch as useRawSearch, navigate as visit } from 'wouter/use-browser-location'

/**
 * Every screen's address, with the names its search may hold (`never`: none). Empty here: each feature declares its own
 * addresses in its feature.ts by declaration merging.
 *
 *     declare module './navigation.ts' {
 *       interface Searches {
 *         '/news': 'show' | 'of'
 *       }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: features add their addresses to it by declaration merging.
export interface Searches {}

/** The path of a screen: `/news/:news/readers`. */
export type Path = keyof Searches

type Names<Of extends string> = Of extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Of extends `${string}:${infer Name}`
    ? Name
    : never

/** The path of a screen that takes no parameters: `/news`. */
export type PlainPath = { [At in Path]: [Names<At>] extends [never] ? At : never }[Path]

type Search<To extends Path> = { readonly [name in Searches[To]]?: string | undefined }
type Params<To extends Path> = [Names<To>] extends [never]
  ? { readonly params?: undefined }
  : { readonly params: Readonly<Record<Names<To>, string>> }

/** A screen to go to, with what its address holds. */
export type Target = {
  readonly [To in Path]: { readonly to: To; readonly search?: Search<To> | undefined } & Params<To>
}[Path]

/** `/news?of=…`, of a screen's path, its parts and its search. */
export const addressOf = ({ to, params, search = {} }: Target): string => {
  const parts: Readonly<Record<string, string>> = params ?? {}
  const path = to.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''))
  const given = Object.entries<string | undefined>(search).filter((one): one is [string, string] => !!one[1])
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/** Where one is: what stands in the address after the host. */
export const here = (): string => location.pathname + location.search + location.hash

/** True for the screens that lead in, which are never somewhere to come back to. */
export const isDoor = (address: string): boolean => /^\/(sign-in|activate)(?![\w-])/.test(address)

/** Where one is, to come back to after signing in; undefined on Home, where one gets anyway, and at the door. */
export const wayBack = (): string | undefined => (here() === '/' || isDoor(here()) ? undefined : here())

/**
 * What an entry of the browser's history notes: where one came from, what that is called, and how far down its page was
 * scrolled.
 */
export type Entry = { readonly from?: string; readonly name?: string; readonly top?: number }

/** Where one is and what that is called, for the entry of the screen one goes to. */
export const left = (): Entry => ({ from: here(), name: document.title.replace(/ · Préau$/, '') })

/** The entry where one is. */
export const entry = (): Entry => (history.state as Entry | null) ?? {}

/** Goes to a screen. `replace`: Back leads where it led before. People go by links (web/ui/link.tsx). */
export const navigate = ({ replace = false, ...target }: Target & { readonly replace?: boolean }): void => {
  const { top: _, ...state } = replace ? entry() : left()
  visit(addressOf(target), { replace, state })
}

/** What the search of the screen at `_path` holds; anything may stand there. */
export const useSearch = <At extends Path>(_path: At): Search<At> => {
  const search = useRawSearch()
  return useMemo(() => Object.fromEntries(new URLSearchParams(search)) as Search<At>, [search])
}
