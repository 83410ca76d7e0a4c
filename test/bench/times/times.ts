import { setTimeout as pause } from 'node:timers/promises'
import { audienceId } from '../../../functions/directory/audiences.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { accepted } from '../../support/accepted.ts'
import { visitor } from '../../support/http.ts'
import { startMetered } from '../../support/metered.ts'
import { password, populate } from '../../support/populate.ts'
import { classes, college } from '../../support/valmont.ts'
import type { Taken } from '../week/billed.ts'
import { memory } from '../week/cost.ts'
import type { CountName } from '../week/counts.ts'
import type { Probed } from './probe.ts'
import { openProbed, type ProbedAccount } from './probed.ts'

/** What one kind of invocation takes, mean of those measured. Milliseconds. */
export type Time = Taken & {
  readonly what: string
  readonly count: CountName
  /** Of the function, in MB. */
  readonly memory: number
  readonly invocations: number
  readonly duration: number
  /** Of the duration, while a request to a service was without an answer. */
  readonly waited: number
}

/** Milliseconds without an invocation after which the stream has done all that follows. */
const quiet = 2_500

const settled = async ({ count }: ProbedAccount): Promise<void> => {
  for (let last = -1; count() !== last; await pause(quiet)) last = count()
}

const meanOf = (all: readonly Probed[]) => {
  if (all.length === 0) throw new Error('nothing was invoked')
  const mean = (pick: (one: Probed) => number) => all.reduce((sum, one) => sum + pick(one), 0) / all.length
  return {
    invocations: all.length,
    processor: mean(one => one.processor),
    duration: mean(one => one.duration),
    waited: mean(one => one.waited),
    table: mean(one => one.table),
    bucket: mean(one => one.bucket),
  }
}

/** Requests before those that are measured: an environment of a busy hour has served many. */
const before = 40
const measured = 60
const publications = { before: 20, measured: 12 }
const marks = { before, measured: 6 }
const signIns = { before: 2, measured: 12 }
/** Items that a visit has seen, in one request. */
const itemsSeen = 3

/**
 * How long the handlers of the week's requests, and of what follows them, run here: the assembly's bundles in processes of
 * their own, one invocation after the other, beside the table and the buckets of this machine. Also the read units of
 * a question who one is.
 */
export const measureTimes = async (assembly: string) => {
  const probed = openProbed()
  const territory = await startMetered(assembly, { account: probed.account })
  try {
    const valmont = await populate(territory)
    const [sophie, helene, ines] = [await valmont.as('sophie'), await valmont.as('helene'), await valmont.as('ines')]
    const { login } = valmont.credentials('sophie')
    const of = (all: readonly Probed[], service: string) => all.filter(({ name }) => name.endsWith(`-${service}`))

    /** The invocations of repeated work, and of what follows from it: each alone when `follows`, as in a quiet school. */
    const repeat = async (
      times: { readonly before: number; readonly measured: number },
      work: (place: number) => Promise<unknown>,
      follows = false,
    ) => {
      for (let place = 0; place < times.before; place++) await work(place)
      await settled(probed)
      probed.take()
      for (let place = 0; place < times.measured; place++) {
        await work(times.before + place)
        if (follows) await settled(probed)
      }
      const asked = probed.take()
      await settled(probed)
      return [...asked, ...probed.take()]
    }
    const often = { before, measured }

    const news: string[] = []
    const publishing = await repeat(
      publications,
      async place => {
        const body = {
          uai: college.uai,
          title: `Sortie au musée ${place}`,
          body: 'Départ à **9 h**, retour à 16 h 30.',
          audiences: [audienceId('class-guardians', classes.sixA)],
          pinned: false,
          urgent: false,
          notice: 'none',
        }
        news.push((await accepted(helene.ask(newsContract.routes.publish, { body }))).body.id)
      },
      true,
    )
    const pieces: string[] = []
    const setting = await repeat(
      publications,
      async place => {
        const body = {
          uai: college.uai,
          kind: 'task',
          subject: 'Mathématiques',
          title: `Exercices ${place}, page 52`,
          text: 'Posez les calculs, et vérifiez avec la figure de la page 50.',
          to: [{ group: classes.sixA, day: dayAfter(dayIn(new Date()), 1 + (place % 14)) }],
        }
        pieces.push((await accepted(helene.ask(workContract.routes.set, { body }))).body.items[0]?.id ?? '')
      },
      true,
    )
    const ticking = await repeat(
      marks,
      place => {
        const ticks = [
          { piece: pieces[place % pieces.length] ?? '', done: place % 2 === 0, at: new Date().toISOString() },
        ]
        return accepted(ines.ask(workContract.routes.tick, { body: { ticks } }))
      },
      true,
    )
    const state = await repeat(often, () => accepted(sophie.ask(homeContract.routes.state)))
    territory.meter.read()
    const who = await repeat(often, () => accepted(sophie.ask(sessionContract.routes.me)))
    const { readUnits } = territory.meter.read()
    const renewing = await repeat(often, () => accepted(sophie.ask(sessionContract.routes.renew)))
    const seeing = await repeat(
      marks,
      place => {
        // Before, the same items again and again; then others each time.
        const first = Math.max(0, place - marks.before + 1) * itemsSeen
        return accepted(sophie.ask(newsContract.routes.seen, { body: { news: news.slice(first, first + itemsSeen) } }))
      },
      true,
    )
    const signIn = await repeat(signIns, () =>
      accepted(
        visitor(territory.url).ask(passwordContract.routes.signIn, { body: { login, password, personalDevice: true } }),
      ),
    )

    const timeOf = (what: string, count: CountName, megabytes: number, all: readonly Probed[]): Time => ({
      what,
      count,
      memory: megabytes,
      ...meanOf(all),
    })
    return {
      times: [
        timeOf('private read', 'privateReadMs', memory.request, of(state, 'home')),
        timeOf('who one is', 'whoMs', memory.request, of(who, 'session')),
        timeOf('renewal', 'renewalMs', memory.request, of(renewing, 'session')),
        timeOf('sign-in', 'signInMs', memory.password, of(signIn, 'password')),
        timeOf('mark', 'markMs', memory.request, of(seeing, 'news')),
        timeOf('what follows a mark', 'markFollowUpMs', memory.stream, of(seeing, 'delivery')),
        timeOf('publishing', 'publishingMs', memory.request, of(publishing, 'news')),
        timeOf('tick', 'tickMs', memory.request, of(ticking, 'work')),
        timeOf('what follows a tick', 'tickFollowUpMs', memory.stream, of(ticking, 'delivery')),
        timeOf('setting work', 'settingMs', memory.request, of(setting, 'work')),
        timeOf('what follows a piece of work', 'pieceRenderingMs', memory.stream, of(setting, 'delivery')),
        timeOf('what follows a publication', 'renderingMs', memory.stream, of(publishing, 'delivery')),
      ],
      whoReadUnits: readUnits / (before + measured),
    }
  } finally {
    await territory.stop()
  }
}

export type Times = Awaited<ReturnType<typeof measureTimes>>
