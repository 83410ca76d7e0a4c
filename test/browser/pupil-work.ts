import type { BrowserContext, Page } from 'playwright-core'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { CollectedHandIn } from '../../shared/work/hand-in.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import type { PupilWork } from '../../shared/work/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { classes, college, idOf } from '../support/valmont.ts'
import { shownMonday } from '../support/valmont-work.ts'
import type { Fixture } from './fixture.ts'

const { set, state, collected } = workContract.routes

/** The day for which work is given. */
export const day = dayAfter(shownMonday(), 3)

/** Asks the API as the teacher Hélène and as the pupil Inès, who sign in once. */
export const pupilWork = async ({ valmont }: Fixture) => {
  const [teacher, pupil] = [await valmont.as('helene'), await valmont.as('ines')]
  return {
    teacher,
    pupil,
    /** Gives Inès's class a task, or an assignment. @returns its id. */
    give: async (title: string, isAssignment: boolean): Promise<string> => {
      const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
      const to = [{ group: classes.sixA, day, ...(isAssignment && { assignment }) }]
      const body = { uai: college.uai, kind: 'task', subject: 'Français', title, to }
      return (await accepted(teacher.ask(set, { body }))).body.items[0].id
    },
    /** What the API has of Inès: her ticks and tasks. */
    known: async (): Promise<PupilWork> => (await accepted(pupil.ask(state, { query: {} }))).body.items[0],
    /** How many versions of an assignment the API has of Inès. */
    versionsOf: async (piece: string): Promise<number> => {
      const { body } = await accepted(teacher.ask(collected, { params: { piece } }))
      return body.items.find(({ id }: CollectedHandIn) => id === idOf('ines')).versions
    },
  }
}

/**
 * The writes of the work that the API answers to this browser from now on, by method and path; one that found it busy is
 * repeated.
 */
export const answeredIn = (context: BrowserContext): string[] => {
  const answered: string[] = []
  context.on('response', reply => {
    const [method, { pathname }] = [reply.request().method(), new URL(reply.url())]
    const isWrite = method !== 'GET' && pathname.startsWith('/api/work/') && !pathname.endsWith('/start')
    if (isWrite && reply.status() !== 503)
      answered.push(`${reply.status()} ${method} ${pathname.replace(/[0-9a-z]{16,22}/g, '*')}`)
  })
  return answered
}

/** What is in the list of work with these words in it. */
export const row = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words })
