import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { type Caller, type Signed, signToken, tokenLifetime, verifyToken } from '../../../functions/platform/token.ts'

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
const signed: Signed = {
  ...caller,
  audiences: caller.audiences.map(id => ({ id, uai: 'UAI:with.colon' })),
  end: now.getTime() / 1000 + 86_400,
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (head: object, claims: object, secret = 'secret-of-k1') => {
  const text = `${encode(head)}.${encode(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const head = { alg: 'HS256', typ: 'JWT', kid: 'k1' }
const claims = { sub: '-', sid: '-', schools: {}, access: '-', iat: 0, exp: 4_000_000_000, end: 4_000_000_000 }

describe('verifyToken()', () => {
  it('gives the caller that signToken() was given, and when the token ends', () => {
    const verified = verifyToken(signToken(signed, keysOf('k1'), now), keysOf('k1'), now)
    expect(verified).toEqual({ state: 'good', caller: { ...caller, expiresAt: now.getTime() / 1000 + tokenLifetime } })
  })

  it('gives roles in the territory, and none that is not one', () => {
    const operator: Signed = { ...signed, territoryRoles: ['operator'] }
    const verified = verifyToken(signToken(operator, keysOf('k1'), now), keysOf('k1'), now)
    expect(verified).toMatchObject({ state: 'good', caller: { territoryRoles: ['operator'] } })
    const made = sign(head, { ...claims, territory: ['authority', 'teacher', 'owner'] })
    expect(verifyToken(made, keysOf('k1'), now)).toMatchObject({ caller: { territoryRoles: ['authority'] } })
  })

  it('gives the children that the token names, and none where it names none', () => {
    const children = ['2'.repeat(16), '3'.repeat(16)]
    const verified = verifyToken(signToken({ ...signed, children }, keysOf('k1'), now), keysOf('k1'), now)
    expect(verified).toMatchObject({ state: 'good', caller: { children } })
    const none = verifyToken(signToken({ ...signed, children: [] }, keysOf('k1'), now), keysOf('k1'), now)
    expect(none.state === 'good' && 'children' in none.caller).toBe(false)
  })

  it('tells an expired token from a good one, to the second', () => {
    const token = signToken(signed, keysOf('k1'), now)
    const at = (seconds: number) => verifyToken(token, keysOf('k1'), new Date(now.getTime() + seconds * 1000)).state
    expect([at(tokenLifetime - 1), at(tokenLifetime)]).toEqual(['good', 'expired'])
  })

  it('signs with the first key and verifies with either', () => {
    const token = signToken(signed, keysOf('k1', 'k2'), now)
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
    ['no key id', sign({ alg: 'HS256' }, claims)],
    ['four parts', `${sign(head, claims)}.x`],
    ['two parts', sign(head, claims).split('.').slice(0, 2).join('.')],
    ['no JSON', 'a.b.c'],
    ['nothing', ''],
  ])('refuses %s', (_, token) => {
    expect(verifyToken(token, keysOf('k1'), now)).toEqual({ state: 'refused' })
  })

  it.each<[string, object]>([
    ['a missing exp', { ...claims, exp: undefined }],
    ['an exp that is text', { ...claims, exp: '4000000000' }],
    ['a missing end', { ...claims, end: undefined }],
    ['audiences of another length', { ...claims, schools: { '0750001A': [[], '0123456789a'] } }],
    ['children of another length', { ...claims, children: '2'.repeat(15) }],
    ['the claims of the release before', { sub: '-', sid: '-', audiences: [], roles: [], iat: 0, exp: 4_000_000_000 }],
  ])('has one of its own with %s renewed', (_, of) => {
    expect(verifyToken(sign(head, of), keysOf('k1'), now)).toEqual({ state: 'expired' })
  })

  it('keeps audiences and roles of several schools apart and complete', () => {
    const audiences = ['0123456789ab', 'bcdefghjkmnp', 'zyxwvtsrqpnm']
    const two: Signed = {
      ...signed,
      roles: [
        { uai: '0750001A', role: 'guardian' },
        { uai: '0750002B', role: 'teacher' },
        { uai: '0750002B', role: 'guardian' },
      ],
      audiences: audiences.map((id, index) => ({ id, uai: index === 1 ? '0750002B' : '0750001A' })),
    }
    const verified = verifyToken(signToken(two, keysOf('k1'), now), keysOf('k1'), now)
    if (verified.state !== 'good') throw new Error(verified.state)
    expect(new Set(verified.caller.audiences)).toEqual(new Set(audiences))
    expect(verified.caller.roles).toHaveLength(3)
    expect(verified.caller.roles).toEqual(expect.arrayContaining([...two.roles]))
  })

  it('verifies what it is compared with', () => {
    expect(verifyToken(sign(head, claims), keysOf('k1'), now).state).toBe('good')
  })
})
