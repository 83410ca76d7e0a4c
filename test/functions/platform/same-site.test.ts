import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { isSameSite } from '../../../functions/platform/caller.ts'

const asked = (headers: Record<string, string>) =>
  isSameSite({ headers: { 'x-preau-host': 'ent.example', ...headers } } as unknown as APIGatewayProxyEventV2)

describe('isSameSite()', () => {
  it.each<[boolean, Record<string, string>]>([
    [true, { 'sec-fetch-site': 'same-origin' }],
    [false, { 'sec-fetch-site': 'cross-site' }],
    [false, { 'sec-fetch-site': 'same-site' }],
    [false, { 'sec-fetch-site': 'none' }],
    [false, { 'sec-fetch-site': 'cross-site', origin: 'https://ent.example' }],
    [true, { origin: 'https://ent.example' }],
    [false, { origin: 'https://evil.example' }],
    [false, { origin: 'https://ent.example.evil.example' }],
    [false, { origin: 'https://ent.example:8443' }],
    [false, { origin: 'null' }],
    [true, {}],
  ])('is %s for %o', (expected, headers) => {
    expect(asked(headers)).toBe(expected)
  })

  it('trusts no Origin when the edge did not say its host', () => {
    const event = { headers: { origin: 'https://ent.example' } } as unknown as APIGatewayProxyEventV2
    expect(isSameSite(event)).toBe(false)
  })
})
