import { describe, expect, it } from 'vitest'
import { timeId } from '../../../../shared/kernel/ids.ts'
import { type ChosenFile, chosenOf, refusedFile, sentFiles } from '../../../../web/ui/files/chosen-file.ts'

const file = (name: string): ChosenFile => ({ id: timeId(new Date()), name, length: 9, type: 'text/plain' })
const [first, second] = [file('Fiche.txt'), file('Barème.txt')]

describe('sentFiles()', () => {
  it('sends ids in their order, none to take all off, and nothing of a draft that knows no files', () => {
    expect(sentFiles([first, second])).toEqual({ attachments: [first.id, second.id] })
    expect(sentFiles([])).toEqual({ attachments: [] })
    expect(sentFiles(undefined)).toEqual({})
  })
})

describe('chosenOf()', () => {
  it('begins with what hangs there, by the ids of its files', () => {
    const { id, ...shown } = first
    expect(chosenOf([{ ...shown, file: id }])).toEqual([first])
    expect(chosenOf(undefined)).toEqual([])
  })
})

describe('refusedFile()', () => {
  it('names the file that the API refused, and none where it refused something else', () => {
    const refused = { type: 'invalid-request', errors: [{ path: 'body.attachments.1', message: '' }] }
    expect(refusedFile(refused, [first, second])).toBe(second)
    expect(
      refusedFile({ type: 'invalid-request', errors: [{ path: 'body.title', message: '' }] }, [first]),
    ).toBeUndefined()
    expect(refusedFile(undefined, [first])).toBeUndefined()
  })
})
