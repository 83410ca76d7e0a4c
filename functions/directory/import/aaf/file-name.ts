import { basename } from 'node:path/posix'

/** Categories in the order they are read: schools first, since all else refers to them. */
export const categories = [
  'EtabEducNat',
  'MatiereEducNat',
  'MefEducNat',
  'Eleve',
  'PersRelEleve',
  'PersEducNat',
] as const
export type Category = (typeof categories)[number]

/** What a file's name says: `<entId>_<Complet|Delta>_<yyyymmdd>_<Category>_<0000>.xml`, or merely `_Eleve_`. */
export type FileName = {
  readonly category: Category
  readonly delta: boolean
  readonly entId?: string
  readonly date?: string
  /** A category is split into parts 0000, 0001, … */
  readonly part?: number
}

/** Undefined for a file that is no part of an AAF delivery. */
export const fileNameOf = (path: string): FileName | undefined => {
  const name = basename(path)
  if (!/\.xml$/i.test(name)) return undefined
  const category = categories.find(one => name.toLowerCase().includes(`_${one.toLowerCase()}_`))
  if (!category) return undefined
  const [, entId, kind, date] = /^(.+)_(Complet|Delta)_(\d{8})_/i.exec(name) ?? []
  const part = /_(\d{4})\.xml$/i.exec(name)?.[1]
  return {
    category,
    delta: kind ? kind.toLowerCase() === 'delta' : /_delta_/i.test(name),
    ...(entId && { entId }),
    ...(date && { date }),
    ...(part && { part: Number(part) }),
  }
}
