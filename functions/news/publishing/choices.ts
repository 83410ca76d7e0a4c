import { type AudienceKind, schoolKinds } from '../../../shared/kernel/audience.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { mayPublishTo, runsSchool } from '../../../shared/news/rules.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { audienceId, directoryPatterns } from '../../directory/audiences.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { reachOf } from './address.ts'

/** How many people some audiences of a school hold together, each counted once: what publishing to them would reach. */
export const reach =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, caller, related }: NewsRequest<'reach'>) => {
    const { audiences, publisher } = related.audiences
    return ok(await reachOf(table, { uai, audiences, notice: 'none' }, caller.person, publisher))
  }

const groupKinds = ['class', 'class-guardians'] as const satisfies AudienceKind[]

type GroupName = { readonly id: string; readonly name: string; readonly kind: 'class' | 'group' }

const ofGroups = (uai: string, groups: readonly GroupName[]): AudienceChoice[] =>
  [...groups]
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'fr', { numeric: true }))
    .flatMap(({ id: group, name: label, kind: groupKind }) =>
      groupKinds.map(kind => ({ id: audienceId(kind, group), kind, uai, label, group, groupKind })),
    )

/** The audiences one may publish to in a school: all of it for those who run it, the classes they teach for teachers. */
export const choices =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, caller }: NewsRequest<'choices'>) => {
    if (!runsSchool(caller.roles, uai)) {
      const person = await table.get(directoryPatterns.person, { person: caller.person })
      const taught = person?.groups.filter(group => mayPublishTo(person, { kind: 'class', uai, group: group.id }))
      return ok({ items: ofGroups(uai, taught ?? []) })
    }
    const [school, groups] = await Promise.all([
      table.get(directoryPatterns.school, { uai }),
      table.all(directoryPatterns.schoolGroups, { uai }),
    ])
    const label = school?.name ?? uai
    return ok({
      items: [
        ...schoolKinds.map(kind => ({ id: audienceId(kind, uai), kind, uai, label })),
        ...ofGroups(
          uai,
          groups.map(({ group: id, name, kind }) => ({ id, name, kind })),
        ),
      ],
    })
  }
