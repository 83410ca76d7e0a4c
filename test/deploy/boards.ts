import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { BoardIndex, boardPath, type IndexRole, indexPath } from '../../shared/kernel/board.ts'
import { newsBoard } from '../../shared/news/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { eventually, type Visitor } from '../support/http.ts'
import { college } from '../support/valmont.ts'
import { type Emulator, region } from './emulator.ts'
import { audiences, timeoutMs } from './journey.ts'
import { expect } from './people.ts'

/** Where boards are stored. */
export type BoardsPlace = { readonly emulator: Emulator; readonly bucket: string; readonly table: string }

/** What was published to be withdrawn: its id, and the files that hold it. */
export type OnBoard = { readonly news: string; readonly file: string; readonly text: string }

const audience = audiences.sixA
const long = 'Prévoir un pique-nique et un vêtement de pluie. '.repeat(30).trim()
const caches = {
  index: /^max-age=3, stale-while-revalidate=3, stale-if-error=86400$/,
  file: /^max-age=55, (stale-while-revalidate=0, )?stale-if-error=86400$/,
}

export const settings = ({ endpoint, environment }: Emulator) => ({
  endpoint,
  region,
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  },
})
const s3 = ({ emulator }: BoardsPlace) => new S3Client({ ...settings(emulator), forcePathStyle: true })

const parsed = (text: string | undefined) => JSON.parse(text ?? 'null')

/** An object as the bucket holds it. Throws unless it is JSON and may be kept as long as `cache` says. */
const stored = async (place: BoardsPlace, path: string, cache: RegExp): Promise<unknown> => {
  const { Body, CacheControl, ContentType } = await s3(place).send(
    new GetObjectCommand({ Bucket: place.bucket, Key: path.slice(1) }),
  )
  if (!cache.test(CacheControl ?? '')) throw new Error(`${path} is stored with Cache-Control: ${CacheControl}`)
  if (ContentType !== 'application/json') throw new Error(`${path} is stored as ${ContentType}`)
  return parsed(await Body?.transformToString())
}

/** The contents of all files of the audience in the bucket, by path. */
const storedFiles = async (place: BoardsPlace): Promise<Map<string, string>> => {
  const client = s3(place)
  const found = new Map<string, string>()
  const Prefix = boardPath(audience, '').slice(1)
  for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix }))
    for (const { Key = '' } of Contents ?? []) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: place.bucket, Key }))
      found.set(`/${Key}`, (await Body?.transformToString()) ?? '')
    }
  return found
}

const indexOf = async (place: BoardsPlace, role: IndexRole): Promise<BoardIndex> =>
  BoardIndex.parse(await stored(place, indexPath(college.uai, role), caches.index))

/** The board of 6e A as a pupil gets it through the edge: the file that the index names; undefined if it names none. */
const boardOf = async (pupil: Visitor) => {
  const index = await pupil.get(indexPath(college.uai, 'pupils'))
  if (index.status === 403 || index.status === 404) return undefined
  expect('the index', index, 200)
  const [file] = BoardIndex.parse(index.body).audiences.find(({ id }) => id === audience)?.boards ?? []
  if (file === undefined) return undefined
  const board = await pupil.get(boardPath(audience, file))
  // Deleted since the index was read: the next one names another.
  if (board.status === 404) return undefined
  expect('the board that the index names', board, 200)
  return { file, ...newsBoard.schema.parse(board.body) }
}

/** A board with this news item is what the index names; waits until it is. Gives the file, and the row. */
export const onBoard = (pupil: Visitor, news: string) =>
  eventually(async () => {
    const board = await boardOf(pupil)
    const row = board?.rows.find(({ id }) => id === news)
    return board && row && { file: board.file, row }
  }, timeoutMs)

/** What the route `list` answers is what the rows of the audience are, in their order. */
const listed = async ({ emulator, table }: BoardsPlace, pupil: Visitor): Promise<void> => {
  const { Items = [] } = await new DynamoDBClient(settings(emulator)).send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: `FEED#${audience}` }, ':sk': { S: 'F#' } },
      ScanIndexForward: false,
    }),
  )
  const rows = Items.map(item => unmarshall(item)).map(({ id, title }) => `${id} ${title}`)
  const reply = await pupil.ask(newsContract.routes.list, { params: { audience } })
  expect('the list', reply, 200)
  const items = reply.body.items.map(({ id, title }: { id: string; title: string }) => `${id} ${title}`)
  if (rows.length < 2 || rows.join() !== items.join())
    throw new Error(`the list is ${items.join(', ')}, but the rows are ${rows.join(', ')}`)
}

/**
 * The head publishes a long text to 6e A beside `earlier`: the bucket then holds the board with both, the file of the
 * text, and indexes that name the board to those who may hold it alone, each with the headers that the edge needs.
 */
export const rendered = async (
  place: BoardsPlace,
  head: Visitor,
  pupil: Visitor,
  earlier: string,
): Promise<OnBoard> => {
  const draft = {
    title: 'Classe de mer',
    body: long,
    audiences: [audience],
    pinned: false,
    urgent: false,
    notice: 'none',
  }
  const made = await head.ask(newsContract.routes.publish, { body: { uai: college.uai, ...draft } })
  expect('publishing a long text', made, 201)
  const news: string = made.body.id
  const { file, row } = await onBoard(pupil, news)
  const board = newsBoard.schema.parse(await stored(place, boardPath(audience, file), caches.file))
  const inline = board.rows.find(({ id }) => id === earlier)?.opened
  if (inline === undefined) throw new Error('the board does not hold the short text of the earlier news')
  if (row.text === undefined) throw new Error('the board names no file for the long text')
  const text = newsBoard.parts.text.parse(await stored(place, boardPath(audience, row.text), caches.file))
  if (text.body !== long) throw new Error(`the file of the text holds ${text.body.slice(0, 80)}…`)
  for (const [role, names] of [
    ['pupils', true],
    ['staff', true],
    ['guardians', false],
  ] as const) {
    const { audiences: held } = await indexOf(place, role)
    const named = held.some(one => one.id === audience && one.boards.includes(file))
    if (named !== names) throw new Error(`the index of ${role} ${named ? 'names' : 'does not name'} the board of 6e A`)
  }
  await listed(place, pupil)
  return { news, file, text: row.text }
}

/** The head takes it back: no index names the board that held it, and no file that holds it is left in the bucket. */
export const withdrawn = async (place: BoardsPlace, head: Visitor, pupil: Visitor, { news, file, text }: OnBoard) => {
  expect('withdrawing it', await head.ask(newsContract.routes.withdraw, { params: { news } }), 204)
  await eventually(async () => {
    const board = await boardOf(pupil)
    return board && board.file !== file && board.rows.every(({ id }) => id !== news) ? true : undefined
  }, timeoutMs)
  const holding = await eventually(async () => {
    const files = await storedFiles(place)
    const left = [...files].filter(([path, body]) => body.includes(news) || path === boardPath(audience, text))
    return left.length === 0 ? files : undefined
  }, timeoutMs).catch((cause: unknown) => {
    throw new Error('a file with what was withdrawn is still in the bucket', { cause })
  })
  if (holding.size === 0) throw new Error('the files of other news were deleted, too')
  for (const name of [file, text]) {
    const { status } = await pupil.get(boardPath(audience, name))
    if (status !== 403 && status !== 404) throw new Error(`a deleted file is answered ${status}`)
  }
  for (const role of ['pupils', 'staff', 'guardians'] as const)
    if (JSON.stringify(await indexOf(place, role)).includes(file))
      throw new Error(`the index of ${role} names a board that is gone`)
}
