import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { eventually, type Visitor, visitor } from '../support/http.ts'
import { classes, college } from '../support/valmont.ts'
import type { Distribution } from './deployed.ts'
import type { Emulator } from './emulator.ts'
import { expect } from './people.ts'

const { list, mine, publish, read, seen } = newsContract.routes
/** Milliseconds within which what the stream does has happened, on a machine that does other things too. */
export const timeoutMs = 60_000

export const audiences = { sixA: audienceId('class', classes.sixA), sixB: audienceId('class', classes.sixB) }
const title = 'Sortie au musée jeudi'
const text = 'Départ à **8 h 30** devant le collège.'

/** The head publishes to 6e A, and finds it among their own news at once. Gives its id. */
export const published = async (head: Visitor): Promise<string> => {
  const how = { pinned: false, urgent: false, notice: 'none' }
  const body = { uai: college.uai, title, body: text, audiences: [audiences.sixA], ...how }
  const key = 'verify-deploy-publication'
  const reply = await head.ask(publish, { body, key })
  expect('publishing', reply, 201)
  const repeat = await head.ask(publish, { body, key })
  expect('publishing again with the same key', repeat, 201)
  if (repeat.body.id !== reply.body.id) throw new Error('a repeated publication was published twice')
  const own = await head.ask(mine)
  expect("the head's own news", own, 200)
  if (own.body.items.length !== 1) throw new Error(`the head has ${own.body.items.length} news instead of 1`)
  return reply.body.id
}

/** The stream has put the news into the audience's feed, and its members read it there. Gives the last reply. */
export const readable = async (member: Visitor, news: string) => {
  const found = await eventually(async () => {
    const reply = await member.ask(list, { params: { audience: audiences.sixA } })
    expect("an audience's news", reply, 200)
    return reply.body.items.some((item: { id: string }) => item.id === news) ? reply : undefined
  }, timeoutMs)
  const one = await member.ask(read, { params: { audience: audiences.sixA, news } })
  expect('one news item', one, 200)
  if (one.body.title !== title || one.body.body !== text) throw new Error(`it reads: ${JSON.stringify(one.body)}`)
  return found
}

/** The pupil opens the news; the stream counts it for the author. */
export const counted = async (head: Visitor, pupil: Visitor, news: string): Promise<void> => {
  expect('saying that one has seen it', await pupil.ask(seen, { body: { news: [news] } }), 200)
  await eventually(async () => {
    const reply = await head.ask(mine)
    const item = reply.body.items?.find((one: { id: string }) => one.id === news)
    return item?.seen === 1 ? true : undefined
  }, timeoutMs)
}

/** Those who may not are refused: at the edge by the viewer function, at the API for want of the edge's secret. */
export const refused = async (url: string, pupil: Visitor, emulator: Emulator, { behaviours }: Distribution) => {
  const params = { audience: audiences.sixA }
  expect('a shared read, signed out', await visitor(url).ask(list, { params }), 401)
  expect("another class's news", await pupil.ask(list, { params: { audience: audiences.sixB } }), 403)
  const api = behaviours.find(({ origin }) => origin.bucket === undefined)?.origin.host.split('.')[0]
  const past = visitor(`${emulator.endpoint}/_aws/execute-api/${api}/$default`)
  const reply = await past.get('/api/me')
  expect('a request past the edge', reply, 403)
  if (!String(reply.body?.type).endsWith('not-through-edge'))
    throw new Error(`the API refused it for another reason: ${JSON.stringify(reply.body)}`)
}

/** The publisher has put the web app and the API's description into their bucket. */
export const siteServed = async (url: string): Promise<void> => {
  const someone = visitor(url)
  const page = await someone.get('/')
  expect('the web app', page, 200)
  if (!page.headers.get('content-type')?.startsWith('text/html')) throw new Error('the web app is not sent as HTML')
  const description = await someone.get('/api/openapi.json')
  expect("the API's description", description, 200)
  if (!String(description.body.openapi).startsWith('3.1')) throw new Error('the API is not described in OpenAPI 3.1')
}
