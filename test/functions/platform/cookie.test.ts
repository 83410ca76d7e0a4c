import { describe, expect, it } from 'vitest'
import { cookie, type Event } from '../../../functions/platform/http.ts'

const read = (text: string) => cookie({ headers: { cookie: text } } as unknown as Event, 'preau')
const listed = (...cookies: string[]) => cookie({ headers: {}, cookies } as unknown as Event, 'preau')

describe('cookie()', () => {
  it('finds a cookie among others, whatever its value holds', () => {
    expect([read('preau=a'), read('x=1; preau=a=b; y=2'), listed('x=1', 'preau=a')]).toEqual(['a', 'a=b', 'a'])
    expect([read('x=1; preaux=a'), read(''), listed('preau')]).toEqual([undefined, undefined, undefined])
  })

  it('takes neither of two cookies of one name', () => {
    expect([read('preau=a; preau=b'), listed('preau=a', 'preau=a')]).toEqual([undefined, undefined])
  })

  it.each(['\tpreau=a', 'preau =a', '\u00a0preau=a', '"preau"=a', 'Preau=a'])(
    'takes %o for another name, as the edge does, which looks for the exact one',
    text => {
      expect([read(text), listed(text)]).toEqual([undefined, undefined])
    },
  )
})
