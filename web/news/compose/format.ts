import { linkAddress } from '../../../shared/news/text/address.ts'

/** A text field's content and its selection, in UTF-16 code units as the field counts them. */
export type Written = { readonly text: string; readonly start: number; readonly end: number }

const replaced = ({ text, start, end }: Written, by: string, from: number, to: number): Written => ({
  text: text.slice(0, start) + by + text.slice(end),
  start: start + from,
  end: start + to,
})

/** Makes the selection bold, or plain again; with nothing selected, puts the cursor between the asterisks. */
export const bold = (written: Written): Written => {
  const { text, start, end } = written
  const chosen = text.slice(start, end)
  if (text.slice(start - 2, start) === '**' && text.slice(end, end + 2) === '**')
    return replaced({ text, start: start - 2, end: end + 2 }, chosen, 0, chosen.length)
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(chosen) ?? []
  if (words.length > 4 && words.startsWith('**') && words.endsWith('**'))
    return replaced(written, before + words.slice(2, -2) + after, before.length, before.length + words.length - 4)
  const from = before.length + 2
  return replaced(written, `${before}**${words}**${after}`, from, from + words.length)
}

/** Makes the selected lines a list, or plain lines again. */
export const list = (written: Written): Written => {
  const { text } = written
  const start = text.lastIndexOf('\n', written.start - 1) + 1
  const next = text.indexOf('\n', Math.max(written.start, written.end - 1))
  const end = next === -1 ? text.length : next
  const lines = text.slice(start, end).split('\n')
  const listed = lines.every(line => line.startsWith('- ') || (line === '' && lines.length > 1))
  const changed = lines.map(line => {
    if (listed) return line.replace(/^- /, '')
    return line === '' && lines.length > 1 ? line : `- ${line.replace(/^- /, '')}`
  })
  const by = changed.join('\n')
  const alone = written.start === written.end
  return replaced({ text, start, end }, by, alone ? by.length : 0, by.length)
}

/** Makes the selection a link, and selects the placeholder for the address, to be typed over. */
export const link = (written: Written): Written => {
  const { text, start, end } = written
  const chosen = text.slice(start, end)
  if (linkAddress(chosen) !== undefined) return replaced(written, `[](${chosen})`, 1, 1)
  const address = 'https://'
  const from = chosen.length + 3
  return chosen === ''
    ? replaced(written, `[](${address})`, 1, 1)
    : replaced(written, `[${chosen}](${address})`, from, from + address.length)
}
