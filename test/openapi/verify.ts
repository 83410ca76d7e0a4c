import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { audienceId } from '../../functions/directory/audiences.ts'
import { contracts } from '../../shared/features.ts'
import { isWriting, type Route } from '../../shared/kernel/route.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { Missing, pythonWith } from '../deploy/python.ts'
import { ProgramFailed } from '../deploy/run.ts'
import { assembly } from '../support/assembly.ts'
import { populate } from '../support/populate.ts'
import { startTerritory } from '../support/territory.ts'
import { classes, college, ecole, idOf, type Name } from '../support/valmont.ts'
import { publishNews } from '../support/valmont-news.ts'
import { askAsDocumented, schemathesis } from './schemathesis.ts'

// node test/openapi/verify.ts, part of npm run prove: a running territory answers as its OpenAPI document says, to
// 10,000 requests and more that schemathesis generates from it, by people of every role and by nobody. With --install,
// schemathesis is installed and nothing more: it fails where python3 cannot.

const least = 10_000
/** Who asks: a teacher, the head, an administrator, a guardian, a pupil, and nobody. */
const askers: readonly (Name | undefined)[] = ['helene', 'marc', 'thomas', 'karim', 'ines', undefined]
/** What ends the session that asks: the rest would be asked by nobody. */
const ending = contracts.flatMap(({ feature, routes }) =>
  Object.entries<Route>(routes).flatMap(([name, route]) =>
    isWriting(route) && route.endsSession ? [`${feature}.${name}`] : [],
  ),
)

const tools = fileURLToPath(new URL('../../.preau/tools', import.meta.url))
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopped.abort())
const { signal } = stopped
const say = (line: string) => process.stdout.write(`${line}\n`)

const verify = async (python: string, folder: string): Promise<void> => {
  const territory = await startTerritory({ assembly: await assembly() })
  try {
    const valmont = await populate(territory)
    const news = await publishNews(valmont)
    const known = {
      uai: [college.uai, ecole.uai],
      news: [...news.values()],
      person: (['ines', 'moussa', 'karim', 'helene', 'thomas'] as const).map(idOf),
      child: [idOf('ines'), idOf('moussa')],
      group: Object.values(classes),
      audience: [audienceId('class', classes.sixA), audienceId('class-guardians', classes.sixA)],
    }
    let sum = 0
    for (const name of askers) {
      const asker = name && (await valmont.as(name))
      const session = asker?.cookies.get('__Host-preau')?.value
      const asked = { url: territory.url, session, known, without: asker ? ending : [], seed, cases: 12 }
      const cases = await askAsDocumented(asked, { python, folder, signal })
      // Or most of it was answered by 401.
      const still = await asker?.ask(sessionContract.routes.me)
      if (still && still.status !== 200) throw new Error(`the session of ${name} ended meanwhile: ${still.status}`)
      say(`${String(cases).padStart(8)}  cases asked by ${name ?? 'nobody'} were answered as the document says`)
      sum += cases
    }
    if (sum < least) throw new Error(`${sum} cases are fewer than ${least}`)
    say(`${String(sum).padStart(8)}  cases in all`)
  } finally {
    await territory.stop()
  }
}

const seed = process.env.PREAU_SEED ?? '1'
const folder = await mkdtemp(join(tmpdir(), 'preau-openapi-'))
try {
  const python = await pythonWith(schemathesis, tools, signal)
  if (!process.argv.includes('--install')) await verify(python, folder)
} catch (error) {
  process.exitCode = 1
  say(error instanceof Error && !(error instanceof Missing) ? (error.stack ?? error.message) : String(error))
  if (error instanceof ProgramFailed) say(error.output.split('\n').slice(-400).join('\n'))
} finally {
  await rm(folder, { recursive: true, force: true })
}
