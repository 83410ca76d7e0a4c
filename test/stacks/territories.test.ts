import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { root } from '../../lib/platform/root.ts'
import { europeanRegions, type Territory, territories, territoryNamed } from '../../lib/territories.ts'

const demo = territoryNamed('demo')
const moved = (region: string) => [{ ...demo, region } as Territory]

describe('territoryNamed()', () => {
  it.each(territories.map(one => one.name))('knows %s', name => {
    expect(territoryNamed(name).name).toBe(name)
  })

  it.each([undefined, ''])('asks for a name when it is %o, and says which ones there are', name => {
    expect(() => territoryNamed(name)).toThrow(/-c territory=<name>.*demo, val-de-brume/)
  })

  it('refuses an unknown name, and says which ones there are', () => {
    expect(() => territoryNamed('atlantis')).toThrow(/no territory "atlantis".*Known: demo, val-de-brume/)
  })

  it.each(Object.keys(europeanRegions))('allows the Region %s', region => {
    expect(territoryNamed('demo', moved(region)).region).toBe(region)
  })

  // London and Zürich are in Europe and not in the Union.
  it.each(['us-east-1', 'eu-west-2', 'eu-central-2', 'ca-central-1', 'eu-west-9', 'toString'])(
    'refuses the Region %s, and names those allowed',
    region => {
      expect(() => territoryNamed('demo', moved(region))).toThrow(
        `The territory "demo" asks for the Region ${region}, which is outside the European Union. Allowed: ` +
          'eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3.',
      )
    },
  )

  it('refuses a name that no resource could bear', () => {
    expect(() => territoryNamed('Île', [{ ...demo, name: 'Île' }])).toThrow(/lower-case letters/)
  })
})

describe('bin/app.ts', () => {
  it('says one sentence and ends with 1 for a territory it does not know', async () => {
    const app = promisify(execFile)(process.execPath, [join(root, 'bin/app.ts')], {
      cwd: root,
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ territory: 'atlantis' }) },
    })
    await expect(app).rejects.toMatchObject({
      code: 1,
      stderr: 'There is no territory "atlantis" in lib/territories.ts. Known: demo, val-de-brume.\n',
    })
  })
})
