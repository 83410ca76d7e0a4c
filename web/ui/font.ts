import extended from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2?url'
import latinItalic from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2?url'
import latin from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'

import plainZero from './font/plain-zero.woff2?url'

/** Letters of names that are neither French nor English: `č`, `ł`, `ș`. Their file is fetched where one is shown. */
const furtherLetters = 'U+100-130,U+132-151,U+154-24F,U+1E00-1EFF'

const text = 'Atkinson Hyperlegible Next'
/** Stands before it in base.css: its own zero is slashed, which makes times look like code (font/plain-zero.py). */
const zero = 'Atkinson Plain Zero'

const faces: readonly (readonly [family: string, file: string, own: FontFaceDescriptors])[] = [
  [text, latin, {}],
  [text, latinItalic, { style: 'italic' }],
  [text, extended, { unicodeRange: furtherLetters }],
  [zero, plainZero, { unicodeRange: 'U+30' }],
]

/**
 * Makes the font known to the page, which fetches those of its files that it has letters of. By script and not by a style
 * sheet, so that the first screen comes before it, in a font of the device.
 */
export const addFont = (): void => {
  for (const [family, file, own] of faces)
    document.fonts.add(new FontFace(family, `url("${file}")`, { weight: '200 800', display: 'swap', ...own }))
}
