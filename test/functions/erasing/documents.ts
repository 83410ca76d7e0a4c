import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { idOf, type Lively } from './lively.ts'

const { classEntry, classSpace, file, ownEntry, ownSpace, place } = documentsPatterns

/** Documents of one who is erased: in their own space, in that of a class, and one that others replaced there. */
export const leaveDocuments = async ({ items, audiences, clock }: Lively): Promise<void> => {
  const { families: audience } = await audiences()
  const at = clock.now.toISOString()
  const person = idOf('berthe')
  const by = { id: person, name: 'Berthe Tulipière' }
  const [own, shared] = ['01kcv3m0q000000000000c', '01kcv3m0q000000000000d']
  const stored = (id: string) => ({ id, length: 4, type: 'text/plain', sha256: '-', scan: 'clean' as const })
  const entryOf = (id: string) => ({ id, name: 'Cours.txt', by, at, file: stored(id), version: 1 })
  for (const id of [own, shared])
    await items.put(
      file,
      { file: id },
      { ...stored(id), by, state: 'stored', at, places: 1, target: { name: 'Cours.txt', reserved: 4 } },
    )
  await items.put(ownSpace, { person }, { used: 4, entries: 1 })
  await items.put(ownEntry, { person, entry: own }, entryOf(own))
  await items.put(place, { file: own, holder: `P:${person}`, entry: own }, { holder: `P:${person}`, entry: own })
  await items.put(classSpace, { audience }, { used: 4, entries: 1 })
  const former = [{ file: stored(shared), by, at }]
  await items.put(classEntry, { audience, entry: shared }, { ...entryOf(shared), former, uai: '0990001A' })
  const hanging = { holder: `A:${audience}`, entry: shared }
  await items.put(place, { file: shared, ...hanging }, hanging)
}
