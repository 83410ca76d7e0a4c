import { put, remove } from '../../platform/operation.ts'
import { type NewsItem, newsPatterns } from '../patterns.ts'

type Listed = Pick<NewsItem, 'id' | 'uai' | 'author' | 'publishedAt'>

/** Puts the rows of a publication into the lists of its author and of its school. */
export const listRows = ({ id, uai, author, publishedAt }: Listed) => [
  put('author-row', newsPatterns.ofAuthorRow, { author: author.id, publishedAt, news: id }, { id }),
  put('school-row', newsPatterns.ofSchoolRow, { uai, publishedAt, news: id }, { id }),
]

/** Takes them away again. */
export const removedRows = ({ id, uai, author, publishedAt }: Listed) => [
  remove('old-author-row', newsPatterns.ofAuthorRow, { author: author.id, publishedAt, news: id }),
  remove('old-school-row', newsPatterns.ofSchoolRow, { uai, publishedAt, news: id }),
]

/** Moves them if the date did. */
export const movedRows = (news: Listed, next: Listed) =>
  next.publishedAt === news.publishedAt ? [] : [...removedRows(news), ...listRows(next)]
