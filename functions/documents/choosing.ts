import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { uses } from '../platform/access.ts'
import type { Table } from '../platform/table.ts'
import { documentsPatterns, type HungFile } from './patterns.ts'

const { ownEntry } = documentsPatterns

/** What choosing files does with the table. */
export const choosing = uses({ get: [ownEntry] })

type Choice<One> = {
  /** Those that hang on the item already: they may stay. */
  readonly there: readonly One[]
  /** What the item keeps of a document; undefined if it cannot be handed on. */
  readonly of: (name: string, file: HungFile) => One | undefined
}

/**
 * The files that somebody wants to hang on an item: those that hang there already, and documents of their own space. Fails
 * with `invalid-request`, which names each that is neither: nobody hands on what they do not own.
 */
export const choose = async <One extends { readonly file: string }>(
  table: Table<typeof choosing>,
  person: string,
  ids: readonly string[],
  { there, of }: Choice<One>,
): Promise<Result<One[]>> => {
  const found = await Promise.all(
    ids.map(async (id): Promise<One | undefined> => {
      const kept = there.find(one => one.file === id)
      if (kept) return kept
      const entry = await table.get(ownEntry, { person, entry: id }, { consistent: true })
      return entry?.file && entry.trashedAt === undefined ? of(entry.name, entry.file) : undefined
    }),
  )
  const errors = found.flatMap((one, at) =>
    one ? [] : [{ path: `body.attachments.${at}`, message: 'is no document of yours that can be handed on' }],
  )
  if (errors.length > 0) return fail(problem('invalid-request', { errors }))
  return ok([...new Map(found.flatMap(one => (one ? [[one.file, one] as const] : []))).values()])
}
