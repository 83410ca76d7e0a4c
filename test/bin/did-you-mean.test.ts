import { describe, expect, test } from 'vitest'
import { closest, orElse } from '../../bin/did-you-mean.ts'
import { parsed } from '../../bin/parsed-options.ts'

const known = ['import', 'identify', 'join', 'separate', 'codes', 'administrator', 'territory-role']

describe('closest()', () => {
  test.each([
    ['imprt', 'import'],
    ['improt', 'import'],
    ['Import', 'import'],
    ['administrater', 'administrator'],
    ['code', 'codes'],
    ['territory', 'territory-role'],
    ['jion', 'join'],
    ['i', undefined],
    ['exports', undefined],
    ['', undefined],
  ])('takes %j for %j', (said, meant) => {
    expect(closest(said, known)).toBe(meant)
  })
})

test.each([
  ['demoo', ': did you mean demo? Known: demo, val-de-brume'],
  ['atlantis', '. Known: demo, val-de-brume'],
])('orElse() ends the sentence about %s', (said, end) => {
  expect(orElse(said, ['demo', 'val-de-brume'])).toBe(end)
})

describe('parsed()', () => {
  const options = { port: { type: 'string' }, fresh: { type: 'boolean' } } as const

  test.each([
    [['--prot', '1'], 'there is no option --prot, did you mean --port?: the options are --port, --fresh'],
    [['--fresh=no'], '--fresh takes no value'],
    [['--port'], '--port needs a value'],
    [['--port', '--fresh'], '--port needs a value'],
    [['8080'], '"8080" is no option: the options are --port, --fresh'],
  ])('refuses %j with one sentence', (args, sentence) => {
    expect(parsed(args, options, false).refused).toBe(sentence)
  })

  test('reads what it knows', () => {
    expect(parsed(['--port', '1', '--fresh'], options, false)).toMatchObject({ values: { port: '1', fresh: true } })
  })
})
