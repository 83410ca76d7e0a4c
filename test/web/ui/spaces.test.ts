import { expect, test } from 'vitest'
import { spaced } from '../../../web/ui/spaces.ts'

const nbsp = '\u00a0'

test.each([
  ['Sortie au musée : autorisation', `Sortie au musée${nbsp}: autorisation`],
  ['Qui vient ?', `Qui vient${nbsp}?`],
  ['le club « Échecs », lundi', `le club «${nbsp}Échecs${nbsp}», lundi`],
  ['de 9 h à 16 h 30.', `de 9${nbsp}h à 16${nbsp}h${nbsp}30.`],
  ['élève · 6e A', `élève${nbsp}· 6e A`],
  ['12 € par élève', `12${nbsp}€ par élève`],
])('spaced() inserts no-break spaces into %j', (typed, shown) => {
  expect(spaced(typed)).toBe(shown)
})

test.each(['A time: 18:00', 'note :smile', 'https://exemple.fr/?a=1', 'the bus, 3 hours'])(
  'spaced() does not change %j',
  typed => {
    expect(spaced(typed)).toBe(typed)
  },
)
