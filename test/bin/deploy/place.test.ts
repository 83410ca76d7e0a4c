import { describe, expect, it } from 'vitest'
import { deployArguments } from '../../../bin/deploy/options.ts'
import { deployedTerritories, refusedPlace } from '../../../bin/deploy/place.ts'

const paris = { name: 'val', region: 'eu-west-3' } as const
const known = [{ name: 'val' }, { name: 'mer' }]

describe('refusedPlace()', () => {
  it('lets a territory be deployed again where it is, and another one for the first time', () => {
    expect(refusedPlace(paris, known, [paris], false)).toBeUndefined()
    expect(refusedPlace(paris, known, [], false)).toBeUndefined()
    expect(refusedPlace(paris, known, [{ name: 'mer', region: 'eu-west-1' }], false)).toBeUndefined()
  })

  it('refuses another Region, and says which one it is in', () => {
    for (const isNew of [false, true])
      expect(refusedPlace({ name: 'val', region: 'eu-central-1' }, known, [paris], isNew)).toMatch(
        /"val" is deployed in eu-west-3, .* asks for eu-central-1\. .* Say eu-west-3 again/,
      )
  })

  it('refuses another name, where a deployed territory has no entry any more, unless it is said to be another one', () => {
    const renamed = { ...paris, name: 'mer' }
    const before = [{ name: 'val', region: 'eu-west-3' }]
    expect(refusedPlace(renamed, [{ name: 'mer' }], before, false)).toMatch(/"mer" is not deployed, and "val" without/)
    expect(refusedPlace(renamed, [{ name: 'mer' }], before, true)).toBeUndefined()
    // Once it is deployed, the other one is nobody's concern.
    expect(refusedPlace(renamed, [{ name: 'mer' }], [...before, renamed], false)).toBeUndefined()
  })

  it('does not know the Region of what an earlier release deployed', () => {
    expect(refusedPlace({ ...paris, region: 'eu-west-1' }, known, [{ name: 'val' }], false)).toBeUndefined()
  })
})

describe('deployedTerritories()', () => {
  it('passes over other stores, and knows those of earlier releases', () => {
    const stores = [
      { Name: 'shop', Comment: 'of eu (eu-west-1)' },
      { Name: 'preau-val', Comment: 'Keys that sign sessions, and who lost access' },
      {},
    ]
    expect(deployedTerritories(stores)).toEqual([{ name: 'val', region: undefined }])
  })
})

describe('deployArguments()', () => {
  it.each([
    [[], undefined, undefined, false],
    [['-c', 'territory=val', '--profile', 'school'], 'val', 'school', false],
    [['--context=territory=val', '--new', '--profile=school'], 'val', 'school', true],
    [['-c', 'territory=val', '--context', 'territory=mer'], 'mer', undefined, false],
  ] as const)('reads %o', (args, territory, profile, isNew) => {
    expect(deployArguments(args)).toEqual({ territory, profile, isNew, cdk: args.filter(one => one !== '--new') })
  })
})
