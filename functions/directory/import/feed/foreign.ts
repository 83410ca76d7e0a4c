import { basename } from 'node:path/posix'
import { headerOf } from '../oneroster/table.ts'
import type { FeedFile } from './file.ts'
import { FileRefused } from './finding.ts'

/** Exports of other systems that are mistaken for a feed, by columns that stand in one of their files. */
const known: readonly { readonly name: string; readonly columns: readonly string[] }[] = [
  { name: 'a SIS import of Canvas', columns: ['user_id', 'login_id'] },
  { name: 'a SIS import of Canvas', columns: ['course_id', 'long_name'] },
  { name: 'a CSV feed of Clever', columns: ['school_id', 'student_id'] },
  { name: 'a CSV feed of Clever', columns: ['school_id', 'school_name'] },
  { name: 'a feed of School Data Sync 1', columns: ['sis id', 'school sis id'] },
]

const advice = 'Préau reads AAF, OneRoster CSV 1.1 and 1.2 and School Data Sync 2.1: export it as one of these'

const columnsOf = async (file: FeedFile): Promise<string[]> => {
  try {
    return (await headerOf(file)).map(name => name.trim().toLowerCase())
  } catch (error) {
    if (error instanceof FileRefused) return []
    throw error
  }
}

/**
 * What CSV files without manifest are, if they are no OneRoster: a sentence for whoever imports them. Undefined if one
 * of them has OneRoster's key, or none could be read.
 */
export const foreignFeed = async (files: readonly FeedFile[]): Promise<string | undefined> => {
  const csv = files.filter(file => /\.csv$/i.test(file.name))
  if (csv.some(file => basename(file.name).toLowerCase() === 'manifest.csv')) return undefined
  const headers = (await Promise.all(csv.map(columnsOf))).filter(columns => columns.length > 1)
  if (headers.some(columns => columns.includes('sourcedid'))) return undefined
  const found = known.find(({ columns }) => headers.some(header => columns.every(one => header.includes(one))))
  return found && `it is ${found.name}, which is not read. ${advice}`
}
