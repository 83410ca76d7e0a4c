import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import type { Caller } from '../../../functions/platform/token.ts'
import { signToken, tokenLifetime, verifyToken } from '../../../functions/platform/token.ts'

const now = new Date('2026-03-16T08:00:00.000Z')
const key = (kid: string) => ({ kid, secret: `secret-of-${kid}`, since: now.toISOString() })
const keysOf = (...kids: string[]): KeysItem => ({
  signing: kids.map(key),
  refresh: '-',
  edge: '-',
})
const caller: Caller = {
  person: '0'.repeat(16),
  session: '1'.repeat(20),
  audiences: ['0123456789ab'],
  roles: [{ uai: 'UAI:with.colon', role: 'pupil-life' }],
  access: 'access',
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (head: object, claims: object, secret = 'secret-of-k1') => {
  const text = `${encode(head)}.${encode(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const head = { alg: 'HS256', typ: 'JWT', kid: 'k1' }
const claims = { sub: '-', sid: '-', audiences: [], roles: [], access: '-', iat: 0, exp: 4_000_000_000 }

describe('verifyToken()', () => {
  it('gives the caller that signToken() was given, and when the token ends', () => {
    const verified = verifyToken(signToken(caller, keysOf('k1'), now), keysOf('k1'), now)
    expect(verified).toEqual({ state: 'good', caller: { ...caller, expiresAt: now.getTime() / 1000 + tokenLifetime } })
  })

  it('gives roles in the territory, and none that is not one', () => {
    const operator: Caller = { ...caller, territoryRoles: ['operator'] }
    const verified = verifyToken(signToken(operator, keysOf('k1'), now), keysOf('k1'), now)
    expect(verified).toMatchObject({ state: 'good', caller: { territoryRoles: ['operator'] } })
    const made = sign(head, { ...claims, territory: ['authority', 'teacher', 'owner'] })
    expect(verifyToken(made, keysOf('k1'), now)).toMatchObject({ caller: { territoryRoles: ['authority'] } })
  })

  it('tells an expired token from a good one, to the second', () => {
    const token = signToken(caller, keysOf('k1'), now)
    const at = (seconds: number) => verifyToken(token, keysOf('k1'), new Date(now.getTime() + seconds * 1000)).state
    expect([at(tokenLifetime - 1), at(tokenLifetime)]).toEqual(['good', 'expired'])
  })

  it('signs with the first key and verifies with either', () => {
    const token = signToken(caller, keysOf('k1', 'k2'), now)
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid).toBe('k1')
    expect(verifyToken(token, keysOf('k2', 'k1'), now).state).toBe('good')
    expect(verifyToken(token, keysOf('k2', 'k3'), now).state).toBe('unknown-key')
  })

  it.each<[string, string]>([
    ['a forged signature', `${sign(head, claims).slice(0, -3)}AAA`],
    ['another secret', sign(head, claims, 'guess')],
    [
      'other claims under its signature',
      [encode(head), encode({ ...claims, sub: 'x' }), sign(head, claims).split('.')[2]].join('.'),
    ],
    ['alg none', `${encode({ ...head, alg: 'none' })}.${encode(claims)}.`],
    ['alg none, signed', sign({ ...head, alg: 'none' }, claims)],
    ['another algorithm', sign({ ...head, alg: 'HS512' }, claims)],
    ['a missing exp', sign(head, { ...claims, exp: undefined })],
    ['an exp that is text', sign(head, { ...claims, exp: '4000000000' })],
    ['no key id', sign({ alg: 'HS256' }, claims)],
    ['four parts', `${sign(head, claims)}.x`],
    ['two parts', sign(head, claims).split('.').slice(0, 2).join('.')],
    ['no JSON', 'a.b.c'],
    ['nothing', ''],
  ])('refuses %s', (_, token) => {
    expect(verifyToken(token, keysOf('k1'), now)).toEqual({ state: 'refused' })
  })

  it('verifies what it is compared with', () => {
    expect(verifyToken(sign(head, claims), keysOf('k1'), now).state).toBe('good')
  })
})
