import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'
import { weekOf } from '../../../shared/work/rules.ts'
import { idOf, type Lively } from './lively.ts'

const day = '2027-01-04'

/** Work that one who is erased set, and what a pupil who is erased ticked and set for themselves. */
export const leaveWork = async ({ items, audiences, clock }: Lively): Promise<void> => {
  const { group, families: audience } = await audiences()
  const [piece, at, week] = ['01kcv3m0q000000000000a', clock.now.toISOString(), weekOf(day)]
  const summary = {
    ...{ id: piece, uai: '0990001A', kind: 'task' as const, group: { id: group, name: '6e A' }, day },
    ...{ subject: 'Français', title: 'Lire le chapitre 3', publishedAt: at, hasText: false },
    author: { id: idOf('berthe'), name: 'Berthe Tulipière' },
    assignment: { dueAt: `${day}T17:00:00.000Z`, late: true },
  }
  const zoe = { person: idOf('zoe') }
  await items.put(workPatterns.piece, { piece }, { ...summary, decidedAt: at, version: 1 })
  await items.put(workPatterns.row, { audience, day, piece }, { ...summary, version: 1 })
  await items.put(workPatterns.ofAuthorRow, { author: idOf('berthe'), week, day, piece }, { ...summary, done: 1 })
  const change = { minutes: 60, at, by: summary.author }
  await items.put(workPatterns.budget, { uai: summary.uai }, { minutes: 60, changes: [change], version: 1 })
  await items.put(workPatterns.tick, { piece, ...zoe }, { ...zoe, done: true, at, week })
  const expiresAt = Math.floor(clock.now.getTime() / 1000) + 60 * 86_400
  await items.put(workPatterns.ticks, { ...zoe, week }, { ticks: [{ piece, done: true, at }], version: 1, expiresAt })
  const task = { id: '01kcv3m0q000000000000b', title: 'Rapporter le livre', day }
  await items.put(workPatterns.tasks, zoe, { tasks: [task], version: 1 })
  const counts = {
    piece,
    title: summary.title,
    group: '6e A',
    dueAt: summary.assignment.dueAt,
    handedIn: 1,
    toReturn: 1,
  }
  await items.put(handInPatterns.collecting, { person: idOf('berthe'), piece }, { ...counts, expiresAt })
  await leaveHandIns(items, piece, at)
}

/** The files of what is handed in below. */
export const handedFiles = ['01kcv3m0q00000000000f0', '01kcv3m0q00000000000f1'] as const

/** What a pupil who is erased handed in, and what a guardian who is erased handed in for a child who stays. */
const leaveHandIns = async (items: Lively['items'], piece: string, at: string): Promise<void> => {
  const expiresAt = Math.floor(Date.parse(at) / 1000) + 60 * 86_400
  const handed = [
    { pupil: idOf('zoe'), by: { id: idOf('zoe'), name: 'Zoélie Valdemort', as: 'pupil' as const } },
    { pupil: idOf('tim'), by: { id: idOf('noe'), name: 'Noé Quatrepin', as: 'guardian' as const } },
  ]
  for (const [index, { pupil: person, by }] of handed.entries()) {
    const facts = { id: `01kcv3m0q00000000000h${index}`, at, receivedAt: at, by, size: 4, sha256: '00', fileCount: 1 }
    const file = handedFiles[index] ?? ''
    const hanging = { holder: `F:hand-ins:${person}`, entry: `${piece}.${facts.id}` }
    const name = `${by.as === 'pupil' ? by.name : 'photo'}.jpg`
    const stored = { id: file, length: 4, type: 'image/jpeg', sha256: '-', scan: 'clean' as const, at, places: 1 }
    const target = { name: 'photo.jpg', reserved: 4 }
    await items.put(
      documentsPatterns.file,
      { file },
      { ...stored, by: { id: by.id, name: by.name }, state: 'stored', target },
    )
    await items.put(documentsPatterns.place, { file, ...hanging }, hanging)
    const mark = { piece, state: 'handed-in' as const, at }
    await items.put(
      handInPatterns.handIn,
      { piece, person },
      { person, state: 'handed-in', versions: 1, version: facts.id, current: facts },
    )
    await items.put(
      handInPatterns.version,
      { piece, person, version: facts.id },
      { ...facts, pupil: person, text: 'Oui.', files: [{ file, name, length: 4, type: 'image/jpeg', sha256: '00' }] },
    )
    await items.put(handInPatterns.ownHandIn, { piece, person }, { ...mark, expiresAt })
    const drawn = { strokes: [], remarks: [{ x: 1, y: 1, text: `Bien, ${by.name}.` }] }
    if (by.as === 'pupil') await items.put(handInPatterns.drawing, { piece, person, drawing: facts.id }, drawn)
  }
}
