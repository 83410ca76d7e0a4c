import { describe, expect, it } from 'vitest'
import type { SheetRow } from '../../../shared/news/shapes.ts'
import { slipsOf } from '../../../web/news/published/lists/columns.ts'

const sixA = [{ id: '00000000006a', name: '6e A' }]
const person = (id: string, more: Partial<SheetRow> = {}): SheetRow => ({
  id,
  givenName: id,
  familyName: 'Nom',
  role: 'pupil',
  classes: sixA,
  children: [],
  signs: false,
  ...more,
})
const parentOf = (child: string, id: string, more: Partial<SheetRow> = {}) =>
  person(id, { role: 'guardian', children: [{ id: child, givenName: child, familyName: 'Nom' }], ...more })
const at = '2026-11-27T08:00:00.000Z'
const childrenOf = (rows: readonly SheetRow[], notice: 'guardian' | 'pupil', unseenOnly = false) =>
  slipsOf(rows, notice, unseenOnly).map(({ children, guardian }) => [...children, guardian].filter(Boolean).join(' / '))

describe('slipsOf()', () => {
  it('has one for each pupil who is awaited, whoever their guardians are, and none for those signed for', () => {
    const rows = [
      person('Ada', { signs: true }),
      parentOf('Ada', 'Anne', { seenAt: at }),
      person('Ben', { signs: true, signedAt: at }),
      parentOf('Ben', 'Boris'),
      person('Cléo', { signs: true, withoutGuardian: true }),
      // Signed the text before.
      person('Dan', { signs: true, formerSignedAt: at }),
      parentOf('Dan', 'Dora'),
    ]
    expect(childrenOf(rows, 'pupil')).toEqual(['NOM Ada', 'NOM Cléo', 'NOM Dan'])
    expect(childrenOf(rows, 'pupil', true)).toEqual(['NOM Cléo', 'NOM Dan'])
    // Nobody could answer elsewhere.
    expect(slipsOf(rows, 'pupil', false).filter(one => one.onPaperOnly)).toMatchObject([{ id: 'Cléo' }])
  })

  it('names the guardian where each one signs, and nobody for a pupil of whom none is known', () => {
    const rows = [
      parentOf('Ada', 'Anne', { signs: true, seenAt: at }),
      parentOf('Ada', 'Adrien', { signs: true }),
      person('Cléo', { withoutGuardian: true, seenAt: at }),
      person('Ada', { seenAt: at }),
    ]
    expect(childrenOf(rows, 'guardian')).toEqual(['NOM Ada / Anne Nom', 'NOM Ada / Adrien Nom', 'NOM Cléo'])
    expect(childrenOf(rows, 'guardian', true)).toEqual(['NOM Ada / Adrien Nom', 'NOM Cléo'])
  })
})
