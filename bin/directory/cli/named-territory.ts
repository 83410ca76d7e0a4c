import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { type Territory, territories } from '../../../lib/territories.ts'
import { orElse } from '../../did-you-mean.ts'

/**
 * The settings of the territory that `--territory` names; undefined without it.
 * @throws ImportRefused where there is none of that name
 */
export const territoryNamed = (named: string | undefined): Territory | undefined => {
  const names = territories.map(one => one.name)
  const territory = territories.find(one => one.name === named)
  if (named !== undefined && !territory)
    throw new ImportRefused(`there is no territory "${named}" in lib/territories.ts${orElse(named, names)}`)
  return territory
}
