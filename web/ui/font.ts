import extended from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2?url'
import latinItalic from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2?url'
import latin from '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'

/** Letters of names that are neither French nor English: `č`, `ł`, `ș`. Their file is fetched where one is shown. */
const furtherLetters = 'U+100-130,U+132-151,U+154-24F,U+1E00-1EFF'

const faces: readonly (readonly [file: string, own: FontFaceDescriptors])[] = [
  [latin, {}],
  [latinItalic, { style: 'italic' }],
  [extended, { unicodeRange: furtherLetters }],
]

/**
 * Makes the font known to the page, which fetches those of its files that it has letters of. By script and not by a style
 * sheet, so that the first screen comes before it, in a font of the device.
 */
export const addFont = (): void => {
  for (const [file, own] of faces)
    document.fonts.add(
      new FontFace('Atkinson Hyperlegible Next', `url("${file}")`, { weight: '200 800', display: 'swap', ...own }),
    )
}
