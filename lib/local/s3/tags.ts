import { malformed, parseElements } from './elements.ts'
import { S3Error, xmlReply, xmlText } from './error.ts'
import type { S3Reply } from './request.ts'
import type { Tags } from './stored-object.ts'

/** Tags of an object, and characters of their keys and values (Amazon S3 User Guide, "Categorizing your objects using tags"). */
const most = 10
const longestKey = 128
const longestValue = 256

const invalidTag = (why: string) => new S3Error(400, 'InvalidTag', why)

/** Throws S3Error for tags that S3 does not take. */
const checked = (pairs: readonly (readonly [key: string, value: string])[]): Tags => {
  if (pairs.length > most) throw new S3Error(400, 'BadRequest', 'Object tags cannot be greater than 10')
  if (new Set(pairs.map(([key]) => key)).size < pairs.length)
    throw invalidTag('Cannot provide multiple Tags with the same key')
  for (const [key, value] of pairs) {
    if (key === '' || key.length > longestKey) throw invalidTag('The TagKey you have provided is invalid')
    if (value.length > longestValue) throw invalidTag('The TagValue you have provided is invalid')
    if (key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester')
  }
  return Object.fromEntries(pairs)
}

/** The tags of the header `x-amz-tagging`: URL-encoded parameters. */
export const tagsOfHeader = (header: string | undefined): Tags => checked([...new URLSearchParams(header ?? '')])

/** The tags of a request to tag an object. Source: Amazon S3 API Reference, "PutObjectTagging". */
export const parseTags = (body: Buffer): Tags => {
  const tag = 'Tagging/TagSet/Tag'
  const elements = parseElements(body, ['Tagging', 'Tagging/TagSet', tag, `${tag}/Key`, `${tag}/Value`])
  const pairs: [string, string][] = []
  let key: string | undefined
  let value: string | undefined
  for (const { path, text } of elements) {
    if (path === `${tag}/Key`) key = text
    if (path === `${tag}/Value`) value = text
    if (path !== tag) continue
    if (key === undefined || value === undefined) throw malformed('a tag needs a key and a value')
    pairs.push([key, value])
    key = value = undefined
  }
  return checked(pairs)
}

/** Source: Amazon S3 API Reference, "GetObjectTagging". */
export const tagsReply = (tags: Tags): S3Reply => {
  const set = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${xmlText(key)}</Key><Value>${xmlText(value)}</Value></Tag>`,
  )
  return xmlReply(
    200,
    `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${set.join('')}</TagSet></Tagging>`,
  )
}
