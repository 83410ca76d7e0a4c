import type { Page } from 'playwright-core'
import type { Name } from '../support/valmont.ts'

/** A screen in one of its states: who sees it, where, and how one gets there. */
export type Screen = {
  readonly name: string
  /** Absent: nobody is signed in. */
  readonly as?: Name
  /** `ids`: of Valmont's news, by title. */
  readonly path: (ids: ReadonlyMap<string, string>) => string
  /** What is there once the screen has what it shows. */
  readonly shows: string
  /** What is done to the page before it opens. */
  readonly before?: (page: Page) => Promise<unknown>
  readonly reach?: (page: Page) => Promise<unknown>
  /** What the browser reports of a refusal that this state shows. */
  readonly refused?: RegExp
  /** It is made to be printed, and is looked at on paper too. */
  readonly prints?: true
}

/** A screen's address that is always the same. */
export const at = (path: string) => () => path

/** The id of what Valmont published or set under a title. Throws if it did not. */
export const idOf = (ids: ReadonlyMap<string, string>, title: string): string => {
  const id = ids.get(title)
  if (!id) throw new Error(`Valmont did not publish ${title}`)
  return id
}
