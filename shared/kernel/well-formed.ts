/** Half of a surrogate pair without the other: no character, and nothing that UTF-8 can hold (Unicode 3.9, D84). */
const loneSurrogate = /\p{Surrogate}/u
const loneSurrogates = /\p{Surrogate}/gu

/** True if the text is well-formed Unicode. For browsers too: `String.prototype.isWellFormed()` is in none before 2023. */
export const isWellFormed = (text: string): boolean => !loneSurrogate.test(text)

/** The text without halves of surrogate pairs, which an input field with `maxlength` or a cut may leave behind. */
export const wellFormed = (text: string): string => text.replace(loneSurrogates, '')

/**
 * The paths of all texts within a value that are not well-formed, those of keys too: `people.0.name`. A value is what
 * JSON.parse() gives, nested as deeply as it may be, so that this does not call itself.
 */
export const illFormedTexts = (value: unknown): string[] => {
  const found: string[] = []
  const left: [path: string, value: unknown][] = [['', value]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, one] = next
    if (typeof one === 'string' && !isWellFormed(one)) found.push(path)
    if (typeof one !== 'object' || one === null) continue
    for (const [key, part] of Object.entries(one)) {
      const name = wellFormed(key)
      const within = path === '' ? name : `${path}.${name}`
      if (name !== key) found.push(within)
      left.push([within, part])
    }
  }
  return found.reverse()
}
