import { timeId } from '../../../shared/kernel/ids.ts'
import { byLabel } from '../../../shared/kernel/names.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { runsSchool } from '../../../shared/news/rules.ts'
import { templateLimits } from '../../../shared/news/templates.ts'
import { put, remove } from '../../platform/operation.ts'
import { newsPatterns } from '../patterns.ts'
import { textRefusal } from '../publishing/readable.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

/** Templates: of a person in any of their schools, or of a school. A row each to list them, and an item with the text. */

type Of = { readonly params: { readonly uai: string }; readonly caller: { readonly person: string } }

const ownersOf = ({ params: { uai }, caller: { person } }: Of) => ({ mine: `P#${person}`, school: `S#${uai}` }) as const

const owners = ['mine', 'school'] as const

/** One's own and the school's, by name: two Queries of small rows. */
export const templates =
  ({ table }: NewsPlatform) =>
  async (request: NewsRequest<'templates'>) => {
    const of = ownersOf(request)
    const found = await Promise.all(owners.map(one => table.all(newsPatterns.templateRows, { owner: of[one] })))
    return ok({ items: found.flatMap(rows => rows.sort((a, b) => byLabel(a.name, b.name))) })
  }

/** One template with its text: the caller's own, or the school's. */
export const template =
  ({ table }: NewsPlatform) =>
  async (request: NewsRequest<'template'>) => {
    const of = ownersOf(request)
    const { template: id } = request.params
    const found = await table.getMany(
      newsPatterns.template,
      owners.map(one => ({ owner: of[one], template: id })),
    )
    const one = found.find(item => item !== undefined)
    return one ? ok(one) : fail(problem('not-found'))
  }

/** Saves a template; one of the same name is replaced. Those of a school are saved by those who run it. */
export const saveTemplate =
  ({ table }: NewsPlatform) =>
  async (request: NewsRequest<'saveTemplate'>) => {
    const { params, body, caller, now, commit } = request
    if (body.of === 'school' && !runsSchool(caller.roles, params.uai)) return fail(problem('not-allowed'))
    const unreadable = textRefusal(body.body)
    if (unreadable) return fail(unreadable)
    const owner = ownersOf(request)[body.of]
    const known = await table.all(newsPatterns.templateRows, { owner }, { consistent: true })
    const same = known.find(({ name }) => name === body.name)
    if (!same && known.length >= templateLimits.templates) return fail(newsProblem('too-many-saved'))
    const { of, name, ...rest } = body
    const row = { id: same?.id ?? timeId(now), name, of }
    const key = { owner, template: row.id }
    return commit(
      [
        put('template', newsPatterns.template, key, { ...row, ...rest }),
        put('template-row', newsPatterns.templateRow, key, row),
      ],
      row,
    )
  }

/** Deletes the caller's own template of that id and, for those who run the school, the school's; none is deleted already. */
export const removeTemplate = () => async (request: NewsRequest<'removeTemplate'>) => {
  const { params, caller, commit } = request
  const of = ownersOf(request)
  const mine = runsSchool(caller.roles, params.uai) ? owners : (['mine'] as const)
  return commit(
    mine.flatMap(one => {
      const key = { owner: of[one], template: params.template }
      return [
        remove(`${one}-template`, newsPatterns.template, key),
        remove(`${one}-row`, newsPatterns.templateRow, key),
      ]
    }),
    undefined,
  )
}
