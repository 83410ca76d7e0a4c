import { describe, expect, it } from 'vitest'
import { dispositionOf } from '../../../functions/documents/disposition.ts'
import { audienceMedia, mediaSecret, ownMedia } from '../../../functions/platform/media.ts'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import { type Signed, signToken } from '../../../functions/platform/token.ts'
import { storeOf, viewer } from './viewer.ts'

const made = new Date('2026-03-16T08:00:00.000Z')
const clock = { now: made }
const keys: KeysItem = {
  signing: [{ kid: 'kabc', secret: 'a-secret-of-a-key', since: '2026-03-01T00:00:00.000Z' }],
  refresh: '-',
  edge: '-',
  boards: 'a-secret-of-boards',
}
const uai = '0750001A'
const sixA = '0123456789ab'
const sixB = 'zyxwvtsrqpnm'
const lea = '0'.repeat(16)
const tom = '1'.repeat(16)
const file = '0'.repeat(22)
const secret = mediaSecret(keys)
const store = { kabc: 'a-secret-of-a-key', media: secret }

const tokenOf = (person: string, audience: string) => {
  const end = made.getTime() / 1000 + 30 * 86_400
  const signed: Signed = {
    ...{ person, session: '1'.repeat(20), audiences: [{ id: audience, uai }], access: '-', end },
    roles: [{ uai, role: 'pupil' }],
  }
  return signToken(signed, keys, made)
}

type Asked = { readonly token?: string; readonly entries?: Record<string, string>; readonly after?: number }

/** What the edge does with an address: the path and the parameters that it asks the bucket for, or why it refuses. */
const ask = async (address: string, { token = tokenOf(lea, sixA), entries = store, after = 0 }: Asked = {}) => {
  clock.now = new Date(made.getTime() + after * 1000)
  const [uri = '', query = ''] = address.split('?')
  // CloudFront hands parameters over as they are sent, without decoding them.
  const pairs = query.split('&').map(pair => pair.split('='))
  const querystring = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, { value }]))
  const view = viewer(storeOf(entries), () => clock.now.getTime())
  const { request, reply } = await view({ uri, querystring, cookies: { '__Host-preau': { value: token } } })
  return request ? [request.uri, request.querystring] : [reply?.statusCode]
}

const offered = (name: string, type = 'image/png') => ({ file, disposition: dispositionOf(name, type) })
const ofClass = audienceMedia(secret, sixA, offered('Carte.png'))
const parameter = ofClass.split('=')[1]

describe('handler() of an address of a file', () => {
  it('asks the bucket for the object, alike for all members, with the name it is offered under', async () => {
    const [uri, query] = await ask(ofClass)
    const cached = { 'response-cache-control': { value: encodeURIComponent('max-age=55,stale-if-error=0') } }
    const named = { 'response-content-disposition': { value: parameter } }
    expect([uri, query]).toEqual([`/documents/${file}`, { ...named, ...cached }])
    const elsewhere = audienceMedia(secret, sixB, offered('Carte.png'))
    expect(await ask(elsewhere, { token: tokenOf(tom, sixB) })).toEqual([uri, query])
  })

  it('refuses who is no member, and an address made of another one', async () => {
    expect(await ask(ofClass, { token: tokenOf(tom, sixB) })).toEqual([403])
    // One's own audience with the code of another.
    expect(await ask(ofClass.replace(sixA, sixB), { token: tokenOf(tom, sixB) })).toEqual([404])
    expect(await ask(ofClass.replace(file, '1'.repeat(22)))).toEqual([404])
    expect(await ask(ofClass.replace('Carte', 'Autre'))).toEqual([404])
    expect(await ask(ofClass.split('?')[0] ?? '')).toEqual([404])
    expect(await ask(`/media/${sixA}/${file}-${'A'.repeat(22)}?response-content-disposition=${parameter}`)).toEqual([
      404,
    ])
    expect(await ask(`/media/${sixA}/documents/${file}`)).toEqual([404])
    expect(await ask(`/documents/${file}`)).toEqual(['/index.html', expect.anything()])
  })

  it('asks for a copy of the object, under whatever name it has since it was withdrawn', async () => {
    const moved = audienceMedia(secret, sixA, {
      file: `${file}.12`,
      disposition: dispositionOf('Carte.png', 'image/png'),
    })
    expect((await ask(moved))[0]).toBe(`/documents/${file}.12`)
    expect(await ask(moved.replace('.12-', '.11-'))).toEqual([404])
    expect(await ask(moved.replace('.12-', '.012-'))).toEqual([404])
  })

  it('takes none while the secret is not there, also not one made with an empty secret', async () => {
    const forged = audienceMedia('', sixA, offered('Carte.png'))
    expect(await ask(forged, { entries: { kabc: store.kabc } })).toEqual([404])
  })

  it('lets one person have what is their own, for a quarter of an hour', async () => {
    const own = ownMedia(secret, lea, made, offered('Brouillon.png'))
    expect((await ask(own))[0]).toBe(`/documents/${file}`)
    expect((await ask(own, { after: 899 }))[0]).toBe(`/documents/${file}`)
    expect(await ask(own, { after: 900 })).toEqual([404])
    expect(await ask(own, { token: tokenOf(tom, sixA) })).toEqual([404])
    // It is the same for who reads again soon.
    const at = (seconds: number) => new Date(made.getTime() + seconds * 1000)
    const [later, again, next] = [1, 300, 301].map(seconds =>
      ownMedia(secret, lea, at(seconds), offered('Brouillon.png')),
    )
    expect([later === again, later === next, later === own]).toEqual([true, false, false])
    // Nobody lengthens it.
    expect(await ask(own.replace(/own\/[0-9a-z]+/, 'own/zzzzzzz'))).toEqual([404])
  })

  it('asks for no type of what is shown, and for one that nothing is run by of what is saved', async () => {
    const typeOf = async (type: string) => {
      const [, query] = await ask(audienceMedia(secret, sixA, offered('Fichier', type)))
      return (query as Record<string, { value: string }>)['response-content-type']?.value
    }
    for (const type of ['image/gif', 'application/pdf', 'text/plain']) expect(await typeOf(type), type).toBeUndefined()
    for (const type of ['text/html', 'image/svg+xml', 'text/javascript', 'application/javascript', 'text/css'])
      expect(await typeOf(type), type).toBe('application%2Foctet-stream')
    // Nobody has it left out.
    const link = audienceMedia(secret, sixA, offered('Fichier', 'text/javascript'))
    expect(await ask(link.replace('attachment', 'inline'))).toEqual([404])
    const [, query] = await ask(`${link}&response-content-type=text%2Fjavascript`)
    expect(query).toMatchObject({ 'response-content-type': { value: 'application%2Foctet-stream' } })
  })

  it('passes hostile names on as one parameter', async () => {
    const names = [
      '../x.png',
      'a"; filename="b.exe',
      'été 1+1.png',
      '👩‍🏫.png',
      'exe.‮gnp',
      `${'a'.repeat(300)}.png`,
      "l'a&b=c#d.png",
    ]
    for (const name of names) {
      const [uri, query] = await ask(audienceMedia(secret, sixA, offered(name)))
      const parameters = ['response-content-disposition', 'response-cache-control']
      expect([uri, Object.keys(query ?? {})], name).toEqual([`/documents/${file}`, parameters])
    }
  })
})
