import { newsContract } from '../../shared/news/contract.ts'
import { readKey } from '../platform/read.ts'
import { write } from '../platform/write.ts'
import { noteAct } from './data/done-here.ts'
import { notePublished, noteUndone } from './data/hold.ts'
import { invalidateReaders, noteEntered, noteWithdrawn, noteWritten } from './data/published.ts'
import { seenWrite } from './data/seen-write.ts'

const { edit, enter, ownAnswers, publish, remind, restore, sign, takeBack, undo, withdraw } = newsContract.routes
const { lists, removeList, removeTemplate, saveList, saveTemplate, templates } = newsContract.routes

/** The writes of news. */
export const writes = {
  seen: seenWrite,
  publish: write('news.publish', publish, {
    onDone: (client, news, { body }) => notePublished(client, news, body),
  }),
  edit: write('news.edit', edit, {
    onDone: (client, news, { body }) => notePublished(client, news, body),
  }),
  undo: write('news.undo', undo, { onDone: (client, _, { params }) => noteUndone(client, params.news) }),
  withdraw: write('news.withdraw', withdraw, {
    onDone: (client, _, { params }) => noteWithdrawn(client, params.news),
  }),
  restore: write('news.restore', restore, { onDone: (client, news) => noteWritten(client, news) }),
  remind: write('news.remind', remind, {
    onDone: (client, _, { params }) => invalidateReaders(client, params.news),
  }),
  enter: write('news.enter', enter, { onDone: (client, _, { params }) => noteEntered(client, params.news) }),
  takeBack: write('news.takeBack', takeBack, { onDone: (client, _, { params }) => noteEntered(client, params.news) }),
  saveList: write('news.saveList', saveList, {
    onDone: (client, _, { params }) => client.invalidateQueries({ queryKey: readKey(lists, { params }) }),
  }),
  removeList: write('news.removeList', removeList, {
    onDone: (client, _, { params: { uai } }) =>
      client.invalidateQueries({ queryKey: readKey(lists, { params: { uai } }) }),
  }),
  saveTemplate: write('news.saveTemplate', saveTemplate, {
    onDone: (client, { id: template }, { params }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: readKey(templates, { params }) }),
        client.invalidateQueries({
          queryKey: readKey(newsContract.routes.template, { params: { ...params, template } }),
        }),
      ]),
  }),
  removeTemplate: write('news.removeTemplate', removeTemplate, {
    onDone: (client, _, { params: { uai } }) =>
      client.invalidateQueries({ queryKey: readKey(templates, { params: { uai } }) }),
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
