import { cleanName, extensionOf } from '../../../../shared/kernel/file-name.ts'
import { listName } from '../../../../shared/kernel/names.ts'

type Named = { readonly givenName: string; readonly familyName: string }

/** As file systems compare names that differ in case, or in how an accent is written, only: Windows' and macOS's do not. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase()

/** The same names, each once: those that another one has get a number before their extension. */
const distinct = (names: readonly string[]): string[] => {
  const taken = new Set<string>()
  return names.map(name => {
    const extension = extensionOf(name)
    const stem = name.slice(0, name.length - extension.length)
    let own = name
    for (let number = 2; taken.has(folded(own)); number++) own = `${stem} (${number})${extension}`
    taken.add(folded(own))
    return own
  })
}

/** The folders of pupils, by their names: one each, which every file system takes. `otherwise`: where nothing is left of one. */
export const folderNames = (pupils: readonly Named[], otherwise: string): string[] =>
  distinct(pupils.map(pupil => cleanName(listName(pupil)) ?? otherwise))

/** The names of the files of one folder: each once, and as every file system takes them. */
export const fileNames = (names: readonly string[], otherwise: string): string[] =>
  distinct(names.map(name => cleanName(name) ?? otherwise))
