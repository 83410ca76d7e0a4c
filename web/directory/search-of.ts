import { cut, isBlank } from '../../shared/kernel/text.ts'

/** Characters of a search at most. */
export const longestSearch = 80

/** What is searched for when this is typed: nothing where nothing is seen of it. */
export const searchOf = (typed: string): string => (isBlank(typed) ? '' : cut(typed.trim(), longestSearch))
