import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { addressProblem } from '../../../shared/news/rules.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'
import { readAddressed } from './addressed.ts'

/** How many people some audiences of a school hold together, each counted once: what publishing to them would reach. */
export const reach =
  ({ table }: Platform) =>
  async ({ params: { uai }, query, caller }: NewsRequest<'reach'>) => {
    const ids = [...new Set(query.audiences.split(','))]
    const [person, audiences] = await Promise.all([
      table.get(patterns.person, [caller.person]),
      table.getMany(
        patterns.audience,
        ids.map((id): [string] => [id]),
      ),
    ])
    if (!person) return fail(problem('not-allowed'))
    const refused = addressProblem(person, { uai, audiences: ids, notice: 'none' }, audiences)
    // What is refused stands in the query here, not in a body.
    if (refused) return fail(problem(refused.type))
    const { people } = await readAddressed(table, { uai, audiences, notice: 'none' }, caller.person)
    return ok({
      people: people.length,
      guardians: people.filter(one => one.guardian).length,
      pupils: people.filter(one => one.role === 'pupil').length,
    })
  }
