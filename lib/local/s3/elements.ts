import { SaxesParser } from 'saxes'
import { S3Error } from './error.ts'

/** A document as it was read: each element's path with its text, in the order in which they ended. */
export type Elements = readonly { readonly path: string; readonly text: string }[]

export const malformed = (why: string): S3Error =>
  new S3Error(400, 'MalformedXML', `The XML you provided is not valid: ${why}`)

/** Reads an XML document of which only the elements with these paths are known. Throws S3Error (400) for any other. */
export const parseElements = (body: Buffer, known: readonly string[]): Elements => {
  const found: { path: string; text: string }[] = []
  const path: string[] = []
  let text = ''
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw malformed(error.message)
  })
  parser.on('opentag', ({ name }) => {
    path.push(name)
    text = ''
    if (!known.includes(path.join('/')))
      throw malformed(`${path.join('/')} is not implemented by the S3 of this machine`)
  })
  parser.on('text', part => {
    text += part
  })
  parser.on('closetag', () => {
    found.push({ path: path.join('/'), text })
    path.pop()
    text = ''
  })
  parser.write(body.toString()).close()
  return found
}
