import type { AudienceKind } from '../../../shared/directory/audience.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { mayPublishTo, runsSchool } from '../../../shared/news/rules.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { audienceId } from '../../directory/identity.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Platform } from '../../platform/platform.ts'
import type { NewsRequest } from '../request.ts'

const schoolKinds = ['school', 'pupils', 'guardians', 'teachers', 'adults'] as const satisfies AudienceKind[]
const groupKinds = ['class', 'class-guardians'] as const satisfies AudienceKind[]

type OwnGroup = { readonly id: string; readonly name: string; readonly kind: 'class' | 'group' }

const ofGroups = (uai: string, groups: readonly OwnGroup[]): AudienceChoice[] =>
  [...groups]
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'fr', { numeric: true }))
    .flatMap(({ id: group, name: label, kind: groupKind }) =>
      groupKinds.map(kind => ({ id: audienceId(kind, group), kind, uai, label, group, groupKind })),
    )

/** The audiences one may publish to in a school: all of it for those who run it, the classes they teach for teachers. */
export const choices =
  ({ table }: Platform) =>
  async ({ params: { uai }, caller }: NewsRequest<'choices'>) => {
    if (!runsSchool(caller.roles, uai)) {
      const person = await table.get(patterns.person, [caller.person])
      const taught = person?.groups.filter(group => mayPublishTo(person, { kind: 'class', uai, group: group.id }))
      return ok({ items: ofGroups(uai, taught ?? []) })
    }
    const [school, groups] = await Promise.all([
      table.get(patterns.school, [uai]),
      table.all(patterns.schoolGroups, [uai]),
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
