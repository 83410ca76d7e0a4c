import { newsContract } from '../../shared/news/contract.ts'
import { readKey } from '../platform/read.ts'
import { write } from '../platform/write.ts'
import { noteAct } from './data/done-here.ts'
import { notePublished, noteUndone } from './data/hold.ts'
import { invalidateReaders, noteWithdrawn, noteWritten } from './data/published.ts'

const { edit, ownAnswers, publish, remind, restore, sign, undo, withdraw } = newsContract.routes

/** The writes of news. */
export const writes = {
  publish: write('news.publish', publish, {
    onDone: (client, news, { body }) => notePublished(client, news, body.body),
  }),
  edit: write('news.edit', edit, {
    onDone: (client, news, { body }) => notePublished(client, news, body.body),
  }),
  undo: write('news.undo', undo, { onDone: (client, _, { params }) => noteUndone(client, params.news) }),
  withdraw: write('news.withdraw', withdraw, {
    onDone: (client, _, { params }) => noteWithdrawn(client, params.news),
  }),
  restore: write('news.restore', restore, { onDone: (client, news) => noteWritten(client, news) }),
  remind: write('news.remind', remind, {
    onDone: (client, _, { params }) => invalidateReaders(client, params.news),
  }),
  // Not optimistic: a signature is shown as given only after the API's answer.
  sign: write('news.sign', sign, {
    onDone: (client, act, { params }) => {
      noteAct(client, act)
      // Shown as answered with the answer itself, and not a moment before.
      return client.invalidateQueries({ queryKey: readKey(ownAnswers, { params }) })
    },
  }),
}
