/** A file, and which copy of its object it is: absent, the one that was put (functions/documents/withdrawing.ts). */
export type Stored = { readonly id: string; readonly copy?: number | undefined }

/** The name of an object of a file, which is part of its addresses. */
export const objectNameOf = ({ id, copy = 0 }: Stored): string => (copy === 0 ? id : `${id}.${copy}`)

/** The key of an object of a file. */
export const objectKeyOf = (file: Stored): string => `documents/${objectNameOf(file)}`

/** The file and copy of an object's key; undefined for another key. */
export const storedOfKey = (key: string): Required<Stored> | undefined => {
  const [, id, copy = '0'] = /^documents\/([0-9a-z]{22})(?:\.([1-9]\d{0,5}))?$/.exec(key) ?? []
  return id === undefined ? undefined : { id, copy: Number(copy) }
}
