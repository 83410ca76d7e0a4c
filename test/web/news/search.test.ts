import { describe, expect, it } from 'vitest'
import { fold } from '../../../shared/kernel/names.ts'
import { isSoughtIn } from '../../../web/news/list/matching.ts'

describe('isSoughtIn()', () => {
  const text = fold('Sortie au **musée** d’archéologie : départ à 8 h 30, œufs et ÇA')
  it.each(['musee', 'MUSÉE arché', 'archeologie', 'oeufs', 'ça', '8 h 30', 'd’arch', 'sor mus'])('finds %j', sought => {
    expect(isSoughtIn(text, sought)).toBe(true)
  })
  it.each(['usee', 'zoo', 'musée zoo'])('does not find %j', sought => {
    expect(isSoughtIn(text, sought)).toBe(false)
  })
})
