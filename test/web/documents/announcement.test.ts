import { describe, expect, it } from 'vitest'
import { FileAnnouncement, largestUpload, partSize } from '../../../shared/kernel/upload.ts'
import { announcementOf, slicesOf } from '../../../web/documents/upload/announcement.ts'
import { announcementOf as expected } from '../../support/announcement.ts'

describe('announcementOf()', () => {
  it.each([
    ['an empty file', 0],
    ['a small one', 12],
    ['the largest that is put by one request', largestUpload],
    ['the smallest that is sent in parts', largestUpload + 1],
    ['one whose last part is whole', 4 * partSize],
  ])('of %s tells what the bucket will', async (_, length) => {
    const bytes = Buffer.alloc(length, 'préau')
    const file = new File([new Uint8Array(bytes)], 'x', { type: 'text/plain' })
    const found = await announcementOf(file)
    expect(found).toEqual(expected(bytes, 'text/plain'))
    expect(FileAnnouncement.safeParse(found).success).toBe(true)
    expect(slicesOf(file).reduce((sum, { size }) => sum + size, 0)).toBe(length)
  })

  it.each([
    ['', 'application/octet-stream'],
    ['text/html;charset=utf-8', 'text/html'],
    ['not a type', 'application/octet-stream'],
    ['IMAGE/JPEG', 'image/jpeg'],
  ])('calls a file of type "%s" %s', async (type, told) => {
    expect((await announcementOf(new File(['x'], 'x', { type }))).type).toBe(told)
  })
})
