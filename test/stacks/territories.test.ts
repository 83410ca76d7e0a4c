import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { territoryNamed } from '../../lib/platform/named-territory.ts'
import { root } from '../../lib/platform/root.ts'
import { europeanRegions, type Territory, territories } from '../../lib/territories.ts'
import type { AccessibilityAudit, Conformity } from '../../shared/kernel/about.ts'

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

  const domain = { name: 'ent.exemple.fr', certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/6f1d' }
  const relied = { ...demo, domain, contacts: ['astreinte@exemple.fr'], reservedConcurrency: { password: 200 } }

  const audit = { by: 'une société', on: '2026-10-15', met: 80, readers: [], tools: [], pages: [] }
  const audited = (conformity: Conformity, found: Partial<AccessibilityAudit>): Partial<Territory> => ({
    about: { accessibility: { conformity, audit: { ...audit, ...found } } },
  })

  it.each([
    ['full', 100],
    ['partial', 99.5],
    ['partial', 50],
    ['none', 49.9],
  ] as const)('takes %s conformity by an audit that finds %d %%', (conformity, met) => {
    const entry = { ...relied, ...audited(conformity, { met }) }
    expect(territoryNamed('demo', [entry])).toBe(entry)
  })

  it('takes a territory that people rely on', () => {
    expect(territoryNamed('demo', [relied])).toBe(relied)
  })

  it.each<[what: string, entry: Partial<Territory>, said: RegExp]>([
    ['a contact that is no address', { contacts: ['astreinte'] }, /contact astreinte, which is no e-mail address/],
    ['no environment for passwords', { reservedConcurrency: { password: 0 } }, /reserves 0 environments for password/],
    ['part of an environment', { reservedConcurrency: { password: 5, clock: 1.5 } }, /1.5 environments for clock/],
    ['nothing reserved for passwords', { reservedConcurrency: {} }, /reserves no concurrency for password/],
    ['nobody to alarm', { contacts: [] }, /no contacts: its alarms would reach nobody/],
    ['no domain', { domain: { ...domain, name: 'https://ent.exemple.fr' } }, /the domain https:\S+, which is none/],
    [
      'a certificate elsewhere',
      { domain: { ...domain, certificate: 'arn:aws:acm:eu-west-3:1:certificate/a' } },
      /us-east-1/,
    ],
    ['no warm throughput', { warmThroughput: { reads: 24_000, writes: 0 } }, /warm throughput of 0 writes/],
    ['a year that begins on no day', { yearBegins: '02-30' }, /begins its year on 02-30/],
    ['a language twice', { languages: ['fr', 'fr'] }, /names a language twice/],
    [
      'a contact of no address',
      { about: { help: { email: 'aide' } } },
      /for help the e-mail address aide, which is none/,
    ],
    [
      'a phone that is none',
      { about: { host: { phone: 'le standard' } } },
      /for the host the phone number le standard/,
    ],
    [
      'a form elsewhere',
      { about: { officer: { form: 'http://a.example' } } },
      /officer the form http:\/\/a.example, which/,
    ],
    [
      'a text without words',
      { about: { publisher: { name: ' ' } } },
      /an empty text as about.publisher.name: leave it out/,
    ],
    [
      'a source that is no address',
      { about: { source: 'git@a.example' } },
      /for its source git@a.example, which is no/,
    ],
    ['a name as long as a sentence', { about: { name: 'a'.repeat(81) } }, /a name of more than 80 characters/],
    [
      'conformity by nobody',
      { about: { accessibility: { conformity: 'partial' } } },
      /partial conformity without an audit/,
    ],
    [
      'conformity that was not found',
      audited('full', { met: 99 }),
      /its audit finds 99 % of the criteria met, which is p/,
    ],
    [
      'too little conformity',
      audited('none', { met: 50 }),
      /its audit finds 50 % of the criteria met, which is partial/,
    ],
    ['more than all criteria', audited('full', { met: 101 }), /by which 101 % of the criteria are met/],
    ['an audit of no day', audited('full', { met: 100, on: '2026-02-30' }), /an audit of 2026-02-30, which is no day/],
    ['a report nowhere', audited('full', { met: 100, report: 'rapport.pdf' }), /for its audit the report rapport.pdf/],
    ['deliveries within no time', { feedsWithin: 0 }, /within 0 hours/],
    ['people who stay for years', { erasedAfter: 37 }, /after 37 months: say 1 to 36/],
    ['people who go within half a month', { erasedAfter: 0.5 }, /after 0.5 months/],
  ])('refuses %s', (_, entry, said) => {
    expect(() => territoryNamed('demo', [{ ...relied, ...entry }])).toThrow(said)
  })

  it('refuses two territories of one name, and says all that is wrong at once', () => {
    expect(() => territoryNamed('demo', [demo, relied])).toThrow(/is in lib\/territories.ts twice/)
    const wrong = { ...relied, contacts: ['a', 'b'] }
    expect(() => territoryNamed('demo', [wrong])).toThrow(/contact a, .*\n.*contact b, /)
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
