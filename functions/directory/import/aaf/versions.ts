import { textOf } from '../feed/decode.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import { fileNameOf } from './file-name.ts'
import { guardiansOnly, type LegalLinks, legalLinksOf, type Stated, strictest } from './guardianship.ts'

/** Characters of a file among which its header is looked for. */
const longestHeader = 64 * 1024

const firstRecord = /<(?:add|modify|delete)Request[\s>]|<\/ficAlimMENESR/

/** What stands before a file's first record. Empty for one that does not decode: it is refused when it is read. */
const headerOf = async (file: FeedFile): Promise<string> => {
  let text = ''
  try {
    for await (const more of textOf(file)) {
      text += more
      if (text.length >= longestHeader || firstRecord.test(text)) break
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return ''
  }
  return text.slice(0, firstRecord.exec(text)?.index ?? longestHeader)
}

/** What the legal links of a file mean. `known`: its own header says it, or those of the files delivered with it. */
export type Legal = { readonly links: LegalLinks; readonly known: boolean }

const deliveryOf = ({ name }: FeedFile): string => {
  const { delta, date } = fileNameOf(name) ?? {}
  return `${delta} ${date}`
}

/**
 * Reads the headers of files. A file that states no version has that of its delivery; where the others do not agree,
 * or none can be read as a version, a link grants least.
 */
export const readVersions = async (files: readonly FeedFile[]): Promise<(file: FeedFile) => Legal> => {
  const own = new Map<FeedFile, Stated>()
  for (const file of files) own.set(file, legalLinksOf(await headerOf(file)))
  const deliveries = Map.groupBy(files, deliveryOf)
  return file => {
    const beside = deliveries.get(deliveryOf(file)) ?? []
    const stated = own.get(file) ?? strictest(beside.map(one => own.get(one)))
    return stated === undefined || stated === 'unreadable'
      ? { links: guardiansOnly, known: false }
      : { links: stated, known: true }
  }
}
