import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { root } from '../../lib/platform/root.ts'
import { europeanRegions, type Territory, territories, territoryNamed } from '../../lib/territories.ts'

const demo = territoryNamed('demo')
const moved = (region: string) => [{ ...demo, region } as Territory]

describe('territoryNamed()', () => {
  it.each(territories.map(one => one.name))('finds %s', name => {
    expect(territoryNamed(name).name).toBe(name)
  })

  it.each([undefined, ''])('refuses the name %o, and lists the known ones', name => {
    expect(() => territoryNamed(name)).toThrow(/-c territory=<name>.*demo, val-de-brume/)
  })

  it('refuses an unknown name, and lists the known ones', () => {
    expect(() => territoryNamed('atlantis')).toThrow(/no territory "atlantis".*Known: demo, val-de-brume/)
  })

  it.each(Object.keys(europeanRegions))('allows the Region %s', region => {
    expect(territoryNamed('demo', moved(region)).region).toBe(region)
  })

  // London and Zürich are in Europe, but not in the European Union.
  it.each(['us-east-1', 'eu-west-2', 'eu-central-2', 'ca-central-1', 'eu-west-9', 'toString'])(
    'refuses the Region %s, and lists the allowed ones',
    region => {
      expect(() => territoryNamed('demo', moved(region))).toThrow(
        `The territory "demo" asks for the Region ${region}, which is outside the European Union. Allowed: ` +
          'eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3.',
      )
    },
  )

  it('refuses a time zone that there is not', () => {
    expect(territoryNamed('demo', [{ ...demo, timeZone: 'Indian/Reunion' }])).toMatchObject({ name: 'demo' })
    expect(() => territoryNamed('demo', [{ ...demo, timeZone: 'Réunion' }])).toThrow(/time zone Réunion, which is none/)
  })

  it('refuses a name that is not valid in resource names', () => {
    expect(() => territoryNamed('Île', [{ ...demo, name: 'Île' }])).toThrow(/lower-case letters/)
  })
})

describe('bin/app.ts', () => {
  it('prints one sentence and exits with 1 for an unknown territory', async () => {
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
