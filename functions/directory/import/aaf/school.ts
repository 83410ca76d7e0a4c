import { Uai } from '../../../../shared/kernel/ids.ts'
import { fold } from '../../../../shared/kernel/names.ts'
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

/** Structures in which nobody is taught, by their type as feeds name it, or as their name begins. */
const services =
  /^(?:rectorat|vice rectorat|inspections? (?:academiques?|de|d)|d ?s ?d ?e ?n|direction (?:des|academique)|circonscription|i ?e ?n|c ?i ?o|c ?m ?s|centres? (?:d )?information|centres? medic(?:al|aux)|centres? medico scolaires?|centres? (?:regional|departemental|national|local)\S* de documentation|services? (?:academiques?|administratifs?|centraux|departemental|departementaux|sociaux|social|medicaux|medical|de sante|de la sante|de l administration)|administration centrale)(?= |$)/

/**
 * The type of a structure that teaches nobody: a rectorat, an inspection, a medical centre. Undefined for a school, and
 * for what does not say what it is.
 */
export const serviceOf = (record: AafRecord): string | undefined => {
  const type =
    firstOf(record, 'ENTStructureTypeStruct') || firstOf(record, 'ENTStructureNomCourant')?.split('$')[0] || ''
  return services.test(fold(type)) ? tidy(type) : undefined
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
