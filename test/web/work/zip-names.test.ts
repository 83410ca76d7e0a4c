import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNames, folderNames } from '../../../web/work/collected/zip/names.ts'
import { assertProperty } from '../../support/property.ts'

const named = (givenName: string, familyName: string) => ({ givenName, familyName })
/** What Windows' file systems take. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const forWindows = /^(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))[^<>:"/\\|?*\p{Cc}]*[^<>:"/\\|?*\p{Cc}. ]$/iu

describe('folderNames()', () => {
  it('keeps accents and apostrophes, and tells two pupils of one name apart', () => {
    const pupils = [named('Zoé', "N'Diaye"), named('Zoé', "N'Diaye"), named('Léa', 'Œhler')]
    expect(folderNames(pupils, 'Sans nom')).toEqual(["N'DIAYE Zoé", "N'DIAYE Zoé (2)", 'ŒHLER Léa'])
  })
})

describe('fileNames()', () => {
  it('keeps what every file system takes of a name, with its extension', () => {
    const names = ['devoir é œ "2".pdf', 'photo.jpg', 'Photo.JPG', '../../x.html', 'con.txt', '\u202efdp.exe', '']
    expect(fileNames(names, 'Sans nom')).toEqual([
      'devoir é œ -2-.pdf',
      'photo.jpg',
      'Photo (2).JPG',
      '-..-x.html',
      '_con.txt',
      'fdp.exe',
      'Sans nom',
    ])
  })

  it('takes an accent written as one sign and as two for one name', () => {
    expect(new Set(fileNames(['é.pdf', 'e\u0301.pdf'], '')).size).toBe(2)
  })

  it('gives names that Windows and macOS take, none twice, whatever is given', () => {
    const given = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a.jpg', 'A.JPG', 'nul', '..', 'é')),
    )
    assertProperty(
      fc.property(given, names => {
        const made = fileNames(names, 'Sans nom')
        expect(made).toHaveLength(names.length)
        for (const one of made) expect(one).toMatch(forWindows)
        expect(new Set(made.map(one => one.normalize('NFD').toLowerCase())).size).toBe(made.length)
      }),
    )
  })
})
