import { isBlank } from '../../kernel/text.ts'
import { parsed } from './parse.ts'
import { plainText } from './plain.ts'

/** Why a text is not published: its readers would see nothing, or it holds more than every device opens. */
export const textProblem = (markdown: string): 'nothing' | 'too-much' | undefined => {
  const { blocks, isPlain } = parsed(markdown)
  if (isPlain) return 'too-much'
  return isBlank(plainText(blocks)) ? 'nothing' : undefined
}
