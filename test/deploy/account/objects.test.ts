import { S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { BoardFile } from '../../../shared/kernel/board.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { openObjects } from './objects.ts'

const audience = randomId(12)
const objects = openObjects(new S3Client({ region: 'eu-west-3' }), 'boards', audience)

describe('openObjects()', () => {
  it("names its objects as the edge takes a board's files, each one new", () => {
    const paths = Array.from({ length: 20 }, () => objects.newPath())
    expect(new Set(paths).size).toBe(20)
    for (const path of paths) {
      expect(path.startsWith(`/boards/${audience}/check.1.`)).toBe(true)
      expect(() => BoardFile.parse(path.split('/').at(-1))).not.toThrow()
    }
  })

  it('puts nothing more once all is removed', async () => {
    const ended = openObjects(new S3Client({ region: 'eu-west-3' }), 'boards', audience)
    await ended.removeAll()
    await expect(ended.put(ended.newPath(), 1, 'file')).rejects.toThrow('nothing is put any more')
  })

  it.each([
    ["another service's file", `/boards/${audience}/news.1.${randomId(13)}`],
    ["another audience's", `/boards/${randomId(12)}/check.1.${randomId(13)}`],
    ['an index', '/boards/index.1/0750001A/pupils'],
    ['a path that leads elsewhere', `/boards/${audience}/../${audience}/check.1.${randomId(13)}`],
  ])('neither puts nor removes %s', async (_, path) => {
    await expect(objects.put(path, 1, 'file')).rejects.toThrow("is not a name of the check's")
    await expect(objects.remove(path)).rejects.toThrow("is not a name of the check's")
  })
})
