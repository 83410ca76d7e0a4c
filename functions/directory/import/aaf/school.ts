import { Uai } from '../../../../shared/kernel/ids.ts'
import { tidy } from '../feed/tidy.ts'
import type { StagedSchool } from '../staging.ts'
import type { AafRecord } from './parse.ts'
import { firstOf } from './values.ts'

/** Abbreviations of kinds of school, as feeds begin names with them. */
const kinds: Readonly<Record<string, string>> = {
  CLG: 'Collège',
  LYC: 'Lycée',
  LGT: 'Lycée',
  LPO: 'Lycée',
  LP: 'Lycée professionnel',
  EREA: 'EREA',
  EMPU: 'École maternelle',
  EEPU: 'École élémentaire',
  EPPU: 'École primaire',
}

/** `type$name$town`, or a name as it is. */
const nameOf = (current: string): { name: string; town?: string } => {
  const [kind = '', own, town] = current.split('$').map(tidy)
  if (own === undefined) return { name: kind }
  return { name: tidy(`${kinds[kind.replaceAll('.', '').toUpperCase()] ?? kind} ${own}`), ...(town && { town }) }
}

/** The school an EtabEducNat record describes, over what was known of it; or why it cannot be used. */
export const schoolOf = (record: AafRecord, known: StagedSchool | undefined): StagedSchool | string => {
  const key = firstOf(record, 'ENTStructureJointure') || record.id
  const uai = (firstOf(record, 'ENTStructureUAI', 'ENTEtablissementUAI') ?? known?.uai ?? '').toUpperCase()
  if (key === '') return 'the school has no ENTStructureJointure'
  if (!Uai.safeParse(uai).success) return `its UAI ${JSON.stringify(uai)} is not one`
  const current = firstOf(record, 'ENTStructureNomCourant')
  const { name, town } = current === undefined ? { name: known?.name ?? '', town: known?.town } : nameOf(current)
  const seat = town ?? tidy(firstOf(record, 'l', 'ENTStructureVille') ?? known?.town ?? '')
  return { uai, key, name: name || uai, ...(seat && { town: seat }) }
}
