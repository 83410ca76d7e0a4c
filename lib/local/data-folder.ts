import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** SQLite's codes (sqlite3.h): a full disk, a file that cannot be opened, one that is no database, an error of the disk. */
const sqlite: Readonly<Record<number, string>> = {
  8: 'it may only be read',
  10: 'the disk has an error',
  11: 'its files are damaged',
  13: 'the disk is full',
  14: 'its files cannot be opened',
  26: 'its files are not those of a territory',
}

const codes: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'it may only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota of this account is used up',
  EIO: 'the disk has an error',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its path leads in a circle',
  EMFILE: 'too many files are open on this machine',
  ENFILE: 'too many files are open on this machine',
}

/** Why a folder cannot be used, of an error of the file system or of SQLite; undefined for any other error. */
const reasonOf = (error: unknown): string | undefined => {
  const { code, errcode } = error as { readonly code?: string; readonly errcode?: number }
  // The lower byte is the code, the rest what it was done for.
  const known = errcode !== undefined ? sqlite[errcode & 0xff] : undefined
  return known ?? (code === undefined ? undefined : codes[code])
}

/** The sentence for whoever chose the folder, where an error comes from it; otherwise the error itself. */
export const folderError = (folder: string, error: unknown): Error => {
  const reason = reasonOf(error)
  if (reason === undefined) return error as Error
  return new CannotStart(`The folder ${folder} cannot be used: ${reason}. Choose another one with --data <folder>.`)
}

/**
 * Makes a folder that only its owner may read, and those above it, unless they are there; and checks that it may be
 * written. One by one: Node's own `recursive` never ends below /proc. Throws CannotStart.
 */
export const makeDataFolder = (folder: string): void => {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at)
  try {
    for (const at of missing) mkdirSync(at, { mode: 0o700 })
    if (!statSync(folder).isDirectory())
      throw new CannotStart(`${folder} is a file, not a folder. Choose another one with --data <folder>.`)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw folderError(folder, error)
  }
}
