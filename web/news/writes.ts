import { newsContract } from '../../shared/news/contract.ts'
import { write } from '../platform/write.ts'
import { noteMark } from './data/marks.ts'
import { noteWithdrawn, noteWritten } from './data/published.ts'

const { edit, publish, remind, see, sign, withdraw } = newsContract.routes

/** The writes of news. */
export const writes = {
  publish: write('news.publish', publish, {
    onDone: (client, news, { body }) => noteWritten(client, news, body.body),
  }),
  edit: write('news.edit', edit, {
    onDone: (client, news, { body }) => noteWritten(client, news, body.body),
  }),
  withdraw: write('news.withdraw', withdraw, {
    onDone: (client, _, { params }) => noteWithdrawn(client, params.news),
  }),
  remind: write('news.remind', remind),
  see: write('news.see', see, {
    optimistic: (client, { params }) => noteMark(client, { news: params.news, seenAt: new Date().toISOString() }),
    onDone: noteMark,
  }),
  // Not optimistic: a signature is shown as given only after the API's answer.
  sign: write('news.sign', sign, { onDone: noteMark }),
}
