import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { timeId } from '../../../shared/kernel/ids.ts'
import { emptyForm, WorkForm, workOf } from '../../../web/work/set/form.ts'

describe('WorkForm', () => {
  it('takes a draft that was stored before there were files', () => {
    const stored = { kind: 'task', title: 'Lire', text: '', subject: '', minutes: '', publishAt: '', days: {} }
    expect(z.parse(WorkForm, stored)).toMatchObject({ title: 'Lire', attachments: [] })
  })
})

describe('workOf()', () => {
  it('sends the chosen files, by their ids', () => {
    const file = { id: timeId(new Date()), name: 'Fiche.pdf', length: 9, type: 'application/pdf' }
    expect(workOf({ ...emptyForm, attachments: [file] }, '0990001A').attachments).toEqual([file.id])
  })
})
