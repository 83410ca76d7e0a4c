import type { Emulator } from './emulator.ts'

export type Origin = {
  readonly host: string
  /** The bucket behind it, or undefined: then it is the API. */
  readonly bucket: string | undefined
  /** Headers that the edge adds to each request. */
  readonly headers: Readonly<Record<string, string>>
}

export type Behaviour = {
  readonly pattern: RegExp
  readonly origin: Origin
  readonly methods: readonly string[]
  /** Whether the origin sees what the viewer sent: headers, cookies, query. */
  readonly forwards: boolean
}

/** A distribution as CloudFront has it, of which the behaviours are in order and the default is last. */
export type Distribution = {
  readonly behaviours: readonly Behaviour[]
  /** The viewer function's published code. */
  readonly code: string
  /** The ARN of the key-value store it reads. */
  readonly store: string
}

const all = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(found => found[1] ?? '')
const plain = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '',
  )
const first = (xml: string, tag: string): string => {
  const [found] = all(xml, tag)
  if (found === undefined) throw new Error(`CloudFront's answer has no ${tag}: ${xml.slice(0, 300)}`)
  return plain(found)
}

const ask = async (emulator: Emulator, path: string): Promise<string> => {
  const reply = await fetch(`${emulator.endpoint}/2020-05-31/${path}`)
  const text = await reply.text()
  if (!reply.ok) throw new Error(`CloudFront answered ${reply.status} to ${path}: ${text.slice(0, 300)}`)
  return text
}

const originOf = (xml: string): [id: string, origin: Origin] => {
  const host = first(xml, 'DomainName')
  const headers = all(xml, 'OriginCustomHeader').map(one => [first(one, 'HeaderName'), first(one, 'HeaderValue')])
  return [first(xml, 'Id'), { host, bucket: /^(.+)\.s3\./.exec(host)?.[1], headers: Object.fromEntries(headers) }]
}

const expression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

const behaviourOf = (xml: string, origins: ReadonlyMap<string, Origin>): Behaviour => {
  const origin = origins.get(first(xml, 'TargetOriginId'))
  if (!origin) throw new Error(`a behaviour names an origin that is not there: ${first(xml, 'TargetOriginId')}`)
  const [pattern = '*'] = all(xml, 'PathPattern')
  const [methods] = all(xml, 'AllowedMethods')
  return {
    pattern: expression(plain(pattern)),
    origin,
    methods: methods === undefined ? ['GET', 'HEAD'] : all(methods, 'Method'),
    forwards: all(xml, 'OriginRequestPolicyId').length > 0,
  }
}

/** Reads back from CloudFront the distribution that answers at `domain`, and its viewer function. */
export const deployedDistribution = async (emulator: Emulator, domain: string): Promise<Distribution> => {
  const listed = all(await ask(emulator, 'distribution'), 'DistributionSummary')
  const summary = listed.find(one => first(one, 'DomainName') === domain)
  if (!summary) throw new Error(`CloudFront has no distribution ${domain}`)
  const config = await ask(emulator, `distribution/${first(summary, 'Id')}/config`)
  const origins = new Map(all(first(config, 'Origins'), 'Origin').map(originOf))
  const [ordered = ''] = all(config, 'CacheBehaviors')
  const byDefault = first(config, 'DefaultCacheBehavior')
  const viewer = first(byDefault, 'FunctionARN').split('/').at(-1)
  const described = await ask(emulator, `function/${viewer}/describe?Stage=LIVE`)
  return {
    behaviours: [...all(ordered, 'CacheBehavior'), byDefault].map(one => behaviourOf(one, origins)),
    code: await ask(emulator, `function/${viewer}?Stage=LIVE`),
    store: first(described, 'KeyValueStoreARN'),
  }
}
