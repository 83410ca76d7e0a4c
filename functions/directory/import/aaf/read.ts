import { fold } from '../../../../shared/kernel/names.ts'
import { personId } from '../../identity.ts'
import { keyOf, keysOf, noteAlias } from '../aliases.ts'
import { readThrough, textOf } from '../feed/decode.ts'
import type { Delivery, Outcome } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import { FileRefused } from '../feed/finding.ts'
import type { Facet } from '../feed/operation.ts'
import { type ContactHashes, openContacts } from '../joined/contacts.ts'
import { noteAcademy } from '../joined/sources.ts'
import type { StagedSchool, Staging } from '../staging.ts'
import { inOrder } from './choose.ts'
import { type Frame, Framer } from './frame.ts'
import { guardiansOnly } from './guardianship.ts'
import { type AafRecord, RecordParser } from './parse.ts'
import { guardianOf, type Mapped, pupilOf } from './people.ts'
import { schoolOf, serviceOf } from './school.ts'
import { staffOf } from './staff.ts'
import { firstOf } from './values.ts'
import { type Legal, readVersions } from './versions.ts'

const facets: Readonly<Record<string, Facet>> = { Eleve: 'pupil', PersRelEleve: 'guardian', PersEducNat: 'staff' }

type Position = { readonly file: string; readonly line: number }

type State = {
  legal: Legal
  /** How many schools there were when their stored groups were read. */
  loaded: number
  whole: boolean
  /** Files of which it is said already that their version is not known. */
  readonly unsure: Set<string>
  readonly parser: RecordParser
  readonly contacts: ContactHashes
  /** By the feed's own key. */
  readonly schools: Map<string, StagedSchool>
  /** File and line at which this delivery describes them. */
  readonly described: Map<string, string>
}

/** Said once a file: a feed has thousands of such links. */
const unsure =
  'its file states no version that can be read, so that persons with the legal link 2, here and below, count as no guardians'

const idIn = (text: string): string | undefined => /<id>\s*([^<\s]{1,64})\s*<\/id>/.exec(text)?.[1]

const readSchool = (
  record: AafRecord,
  frame: Frame & { kind: 'record' },
  at: Position,
  staging: Staging,
  state: State,
) => {
  const { schools, described } = state
  const refuse = (reason: string) => staging.found({ kind: 'refused', ...at, id: record.id, reason })
  if (frame.action === 'delete')
    return staging.found({ kind: 'left-out', ...at, id: record.id, reason: 'a school is not taken away by a feed' })
  const service = serviceOf(record)
  if (service !== undefined) {
    schools.delete(firstOf(record, 'ENTStructureJointure') || record.id)
    const reason = `${service} is no school: nobody is taught there, and nobody is imported for being there`
    return staging.found({ kind: 'left-out', ...at, id: record.id, reason })
  }
  const school = schoolOf(record, schools.get(record.id))
  if (typeof school === 'string') return refuse(school)
  const known = schools.get(school.key)
  const before = frame.action === 'add' ? described.get(school.key) : undefined
  if (before && known?.uai !== school.uai)
    return refuse(`another school has its key (${before}): the first one is imported`)
  const holder = staging.school(school.uai)
  if (holder && holder.key !== school.key && schools.has(holder.key))
    return refuse(`its UAI ${school.uai} is that of the school ${holder.key} already`)
  staging.addSchool(school)
  noteAcademy(staging, fold(firstOf(record, 'ENTServAcAcademie') ?? ''))
  schools.set(school.key, school)
  described.set(school.key, `${at.file}, line ${at.line}`)
}

const readPerson = async (
  record: AafRecord,
  action: 'add' | 'modify' | 'delete',
  facet: Facet,
  at: Position,
  delivery: Delivery,
  state: State,
) => {
  const { legal, schools } = state
  const { source, staging, groups, apply } = delivery
  const stated = record.changes.get('ENTPersonJointure')?.[0]
  const noted = keyOf(staging, facet, record.id)
  const key = stated ?? noted ?? record.id
  if (stated !== undefined && (stated !== record.id || noted !== undefined))
    noteAlias(staging, facet, record.id, stated)
  const id = personId(source, key)
  if (action === 'delete') return apply({ action, facet, id, key, ...at, patch: {} })
  if (state.loaded !== schools.size) {
    await groups.load([...schools.values()].map(({ uai }) => uai))
    state.loaded = schools.size
  }
  const context = { source, schools, legal, groups, contacts: state.contacts }
  const mapped: Mapped =
    facet === 'pupil'
      ? pupilOf(record, context)
      : facet === 'guardian'
        ? guardianOf(record, context)
        : staffOf(record, context)
  for (const reason of mapped.leftOut) staging.found({ kind: 'left-out', ...at, id: key, reason })
  if (mapped.unsure && !state.unsure.has(at.file)) {
    state.unsure.add(at.file)
    staging.found({ kind: 'left-out', ...at, id: key, reason: unsure })
  }
  return apply({ action, facet, id, key, ...at, patch: mapped.patch, keep: true })
}

const readRecord = async (frame: Frame & { kind: 'record' }, file: FeedFile, delivery: Delivery, state: State) => {
  const { staging, source } = delivery
  const at = { file: file.name, line: frame.line }
  const refuse = (id: string | undefined, reason: string) => {
    staging.found({ kind: 'refused', ...at, ...(id && { id }), reason })
    if (id) retain(staging, source, id)
    else state.whole = false
  }
  let record: AafRecord
  try {
    record = state.parser.parse(frame.text)
  } catch (error) {
    return refuse(idIn(frame.text), (error as Error).message)
  }
  if (record.id === '') return refuse(undefined, 'the record has no identifier')
  const facet = facets[record.category]
  if (facet) return readPerson(record, frame.action, facet, at, delivery, state)
  if (/etab/i.test(record.category)) return readSchool(record, frame, at, staging, state)
  if (!/^(mat|mef)/i.test(record.category))
    refuse(record.id, `its category ${JSON.stringify(record.category)} is not known`)
}

/** Leaves whom a record is about that cannot be read as they are stored. */
const retain = (staging: Staging, source: string, identifier: string) => {
  for (const key of keysOf(staging, identifier)) staging.retain(personId(source, key))
}

const readFrame = async (frame: Frame, file: FeedFile, delivery: Delivery, state: State): Promise<void> => {
  const { staging, source } = delivery
  switch (frame.kind) {
    case 'record':
      return readRecord(frame, file, delivery, state)
    case 'unclosed':
      state.whole = false
      staging.found({
        kind: 'refused',
        file: file.name,
        line: frame.line,
        reason: 'the file ends before ficAlimMENESR is closed: what it lacks is not known',
      })
      return
    case 'broken': {
      const id = idIn(frame.text)
      staging.found({ kind: 'refused', file: file.name, line: frame.line, ...(id && { id }), reason: frame.reason })
      if (id) retain(staging, source, id)
      else state.whole = false
    }
  }
}

const readFile = async (file: FeedFile, delivery: Delivery, state: State): Promise<void> => {
  const framer = new Framer()
  for await (const text of textOf(file, delivery.progress))
    for (const frame of framer.push(text)) await readFrame(frame, file, delivery, state)
  for (const frame of framer.end()) await readFrame(frame, file, delivery, state)
}

/** Reads an AAF delivery: complete, delta, or one and then the other, 1D and 2D. */
export const readAaf = async (delivery: Delivery, delta: boolean): Promise<Outcome> => {
  const { files, staging } = delivery
  const { chosen, whole } = inOrder(files, staging)
  const schools = new Map(staging.schools().map(school => [school.key, school]))
  const legalIn = await readVersions(chosen)
  const state: State = {
    legal: { links: guardiansOnly, known: false },
    loaded: 0,
    whole,
    unsure: new Set(),
    parser: new RecordParser(),
    contacts: openContacts(staging),
    schools,
    described: new Map(),
  }
  for (const file of chosen) {
    state.legal = legalIn(file)
    try {
      await readThrough(file)
      await readFile(file, delivery, state)
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      state.whole = false
      staging.found(error.of(file.name))
    }
  }
  return { mode: delta ? 'delta' : 'complete', whole: state.whole }
}
