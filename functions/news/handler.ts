import { newsContract } from '../../shared/news/contract.ts'
import { openPlatform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { newsAccess } from './access.ts'
import { enter } from './answering/enter.ts'
import { ownAnswers } from './answering/own.ts'
import { takeBack } from './answering/take-back.ts'
import { closedList, closedNews } from './closed.ts'
import { keepDraft, keptDraft } from './composing/drafts.ts'
import { lists, removeList, saveList } from './composing/lists.ts'
import { reached } from './composing/reached.ts'
import { removeTemplate, saveTemplate, template, templates } from './composing/templates.ts'
import { mine, ofSchool } from './following/mine.ts'
import { ofPerson } from './following/of-person.ts'
import { readers } from './following/readers.ts'
import { remind } from './following/remind.ts'
import { sheet } from './following/sheet.ts'
import { heldBoards, heldList, heldNews } from './held.ts'
import { seen } from './marks/seen.ts'
import { marked, state } from './marks/state.ts'
import { choices, reach } from './publishing/choices.ts'
import { edit, edited, formerText, publish } from './publishing/publish.ts'
import { restore, undo, withdraw } from './publishing/take-back.ts'
import { list, read } from './reading.ts'
import { type NewsPlatform, newsRelations } from './relations.ts'
import { sign } from './signing.ts'

/** The news: what a school tells its people, and what they did with it. */
export const newsHandler = (platform: NewsPlatform) =>
  serve(newsContract, platform, newsRelations(platform), {
    list: list(platform),
    read: read(platform),
    heldBoards: heldBoards(platform),
    heldList: heldList(platform),
    heldNews: heldNews(platform),
    closedList: closedList(platform),
    closedNews: closedNews(platform),
    state: state(platform),
    marked: marked(platform),
    mine: mine(platform),
    ofSchool: ofSchool(platform),
    ofPerson: ofPerson(platform),
    choices: choices(platform),
    reach: reach(platform),
    edited: edited(platform),
    formerText: formerText(),
    readers: readers(platform),
    sheet: sheet(platform),
    reached: reached(platform),
    lists: lists(platform),
    saveList: saveList(platform),
    removeList: removeList(platform),
    templates: templates(platform),
    template: template(platform),
    saveTemplate: saveTemplate(platform),
    removeTemplate: removeTemplate(),
    keptDraft: keptDraft(platform),
    keepDraft: keepDraft(),
    publish: publish(),
    edit: edit(platform),
    undo: undo(platform),
    withdraw: withdraw(),
    restore: restore(platform),
    seen: seen(platform),
    sign: sign(platform),
    ownAnswers: ownAnswers(platform),
    remind: remind(platform),
    enter: enter(platform),
    takeBack: takeBack(platform),
  })

export const handler = newsHandler(openPlatform(readConfig(), newsAccess))
