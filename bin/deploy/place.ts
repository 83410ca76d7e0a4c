import type { Territory } from '../../lib/territories.ts'

/** A territory that is deployed in the account, as its key-value store says it. `region` is absent before this release. */
export type Deployed = { readonly name: string; readonly region?: string | undefined }

/** A key-value store of CloudFront, which names them once an account, whatever the Region of a stack. */
type Store = { readonly Name?: string | undefined; readonly Comment?: string | undefined }

/** The territories whose stores these are (lib/platform/edge.ts names and comments them). */
export const deployedTerritories = (stores: readonly Store[]): Deployed[] =>
  stores.flatMap(({ Name = '', Comment = '' }) => {
    const [, name] = /^preau-(.+)$/.exec(Name) ?? []
    return name === undefined ? [] : { name, region: /\(([a-z]{2}(?:-[a-z]+)+-\d)\)$/.exec(Comment)?.[1] }
  })

/**
 * Why a territory must not be deployed: its entry was renamed or given another Region since it was deployed, and would begin
 * a second time, empty. One sentence or more for the operator; undefined if nothing speaks against it.
 * @param isNew the operator says that it is another territory than those deployed.
 */
export const refusedPlace = (
  { name, region }: Pick<Territory, 'name' | 'region'>,
  known: readonly Pick<Territory, 'name'>[],
  deployed: readonly Deployed[],
  isNew: boolean,
): string | undefined => {
  const before = deployed.find(one => one.name === name)
  if (before?.region !== undefined && before.region !== region)
    return (
      `The territory "${name}" is deployed in ${before.region}, and its entry in lib/territories.ts asks for ${region}. ` +
      `It would not move there: a second one would begin, empty, and fail at names that CloudFront has given already. ` +
      `Say ${before.region} again; README.md, "Deploying", says how a territory moves.`
    )
  if (before || isNew) return undefined
  const without = deployed.filter(one => !known.some(entry => entry.name === one.name)).map(one => `"${one.name}"`)
  if (without.length === 0) return undefined
  return (
    `The territory "${name}" is not deployed, and ${without.join(', ')} without an entry in lib/territories.ts. ` +
    'A territory that is renamed begins a second time, empty: give the entry its name again; what people read is its title. ' +
    'If it is another territory, say so with --new.'
  )
}
