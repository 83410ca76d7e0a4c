import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { keyOf } from '../../../functions/platform/pattern.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { accepted } from '../../support/accepted.ts'
import { college, ecole } from '../../support/school.ts'
import { type OpenSchool, openSchool } from './open-school.ts'

let s: OpenSchool
beforeAll(async () => {
  s = await openSchool()
})
afterAll(() => s.close())

const page = async (who: string, whom: string) => s.ask('person', who, { params: { person: s.idOf(whom) } })

/** Activates an account as the session would. */
const activate = async (name: string, lastSignIn: string) => {
  await accepted(s.issue('nadia', [name]))
  await s.documents.send(
    new UpdateCommand({
      TableName: s.database.table,
      Key: keyOf(accountPatterns.account, { person: s.idOf(name) }),
      UpdateExpression: 'SET password = :p, activatedAt = :a, codeExpiresAt = :a, lastSignIn = :l',
      ExpressionAttributeValues: { ':p': 'scrypt$1$1$1$a$b', ':a': s.clock.now.toISOString(), ':l': lastSignIn },
    }),
  )
}

describe('person()', () => {
  it('tells a guardian’s children in the school, their other guardians, and the code that waits', async () => {
    await accepted(s.issue('marc', ['sophie']))
    const reply = await page('nadia', 'sophie')
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({
      familyName: 'Bernard',
      roles: [{ uai: college, role: 'guardian', school: 'Collège des Tilleuls' }],
      children: [{ child: { givenName: 'Léa', account: 'none' }, className: '6e A', others: [{ givenName: 'Karim' }] }],
      account: {
        state: 'code',
        login: 'sophie.bernard',
        codeGivenBy: 'Marc Élan',
        codeGivenAt: '2026-03-16T07:00:00.000Z',
      },
      caredForIn: college,
      events: [{ kind: 'code-given', by: 'Marc Élan', at: '2026-03-16T07:00:00.000Z' }],
    })
    // Jules is at the école, which nadia does not run.
    expect(JSON.stringify(reply.body)).not.toContain(s.idOf('jules'))
    expect(JSON.stringify(reply.body)).not.toContain(ecole)
  })

  it('tells a pupil’s class and guardians, and of an active account when it was last used', async () => {
    await activate('tom', '2026-03-15')
    const reply = await page('marc', 'tom')
    expect(reply.body).toMatchObject({
      classes: [{ name: '6e B' }],
      guardians: [{ givenName: 'Inès', familyName: 'Petit', account: 'none' }],
      account: { state: 'active', activatedAt: s.clock.now.toISOString(), lastSignIn: '2026-03-15' },
    })
    expect(reply.body.account).not.toHaveProperty('codeExpiresAt')
  })

  it('is for those who run a school of theirs', async () => {
    expect((await page('nadia', 'jules')).status).toBe(404)
    expect((await page('denise', 'sophie')).status).toBe(200)
    expect((await page('anne', 'lea')).status).toBe(403)
    expect((await s.ask('person', 'nadia', { params: { person: '0'.repeat(16) } })).status).toBe(404)
  })

  it('names no school to care for somebody whom another school looks after', async () => {
    const roles = [
      { uai: college, role: 'guardian' as const },
      { uai: ecole, role: 'head' as const },
    ]
    await s.write([{ ...keyOf(directoryPatterns.person, { person: s.idOf('karim') }), ...s.people.karim, roles }])
    expect((await page('nadia', 'karim')).body).not.toHaveProperty('caredForIn')
    await s.write([{ ...keyOf(directoryPatterns.person, { person: s.idOf('karim') }), ...s.people.karim }])
  })
})

describe('accounts()', () => {
  it('counts pupils and guardians of each class by the state of their account, and the staff', async () => {
    const { body } = await s.ask('accounts', 'nadia', { params: { uai: college } })
    expect(body.classes.map(({ id: _, ...one }: { id: string }) => one)).toEqual([
      {
        name: '6e A',
        pupils: { active: 0, code: 0, expired: 0, none: 1 },
        guardians: { active: 0, code: 1, expired: 0, none: 1 },
      },
      {
        name: '6e B',
        pupils: { active: 1, code: 0, expired: 0, none: 0 },
        guardians: { active: 0, code: 0, expired: 0, none: 1 },
        lastSignIn: '2026-03-15',
      },
    ])
    expect(body.staff).toEqual({ active: 0, code: 0, expired: 0, none: 6 })
    expect(body.whole).toEqual({ active: 1, code: 1, expired: 0, none: 9 })
  })
})
