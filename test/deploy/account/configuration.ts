import {
  type CacheBehavior,
  type CachePolicyConfig,
  CloudFrontClient,
  type DistributionConfig,
  GetCachePolicyCommand,
  GetDistributionConfigCommand,
  paginateListDistributions,
} from '@aws-sdk/client-cloudfront'
import { europeanRegions } from '../../../lib/territories.ts'
import { boardCache, boardsPrefix, indexCache } from '../../../shared/kernel/board.ts'
import type { Finding } from './finding.ts'

/** What CloudFront has of the behaviour for boards. */
export type Configured = {
  readonly config: DistributionConfig
  readonly policy: CachePolicyConfig
}

/** The behaviour that boards have in a distribution. */
export const behaviourOf = (config: DistributionConfig): CacheBehavior => {
  const found = config.CacheBehaviors?.Items?.find(one => one.PathPattern === `${boardsPrefix}*`)
  if (!found) throw new Error(`the distribution has no behaviour for ${boardsPrefix}*: is it deployed from here?`)
  return found
}

/** The name of the viewer function that runs for boards. */
export const viewerOf = (config: DistributionConfig): string => {
  const functions = behaviourOf(config).FunctionAssociations?.Items ?? []
  const name = functions
    .find(one => one.EventType === 'viewer-request')
    ?.FunctionARN?.split('/')
    .at(-1)
  if (!name) throw new Error(`no viewer function runs for ${boardsPrefix}*`)
  return name
}

/** Reads the distribution that answers at `host` back from CloudFront. */
export const readConfiguration = async (host: string): Promise<Configured> => {
  const client = new CloudFrontClient({ region: 'us-east-1' })
  let id: string | undefined
  for await (const page of paginateListDistributions({ client }, {}))
    id ??= page.DistributionList?.Items?.find(one => one.DomainName === host || one.Aliases?.Items?.includes(host))?.Id
  if (!id) throw new Error(`CloudFront has no distribution for ${host} in this account`)
  const { DistributionConfig: config } = await client.send(new GetDistributionConfigCommand({ Id: id }))
  if (!config) throw new Error(`CloudFront gave no configuration of ${id}`)
  const { CachePolicy } = await client.send(new GetCachePolicyCommand({ Id: behaviourOf(config).CachePolicyId }))
  const policy = CachePolicy?.CachePolicyConfig
  if (!policy) throw new Error(`CloudFront gave no cache policy for ${boardsPrefix}*`)
  return { config, policy }
}

/** Seconds for which a copy may be kept, stale time included. */
const longest = Math.max(
  ...[boardCache, indexCache].map(one => one.ttl + Math.max(one.staleWhileRevalidate, one.staleIfError)),
)

/** Whether what is deployed is what boards rely on. */
export const configuration = ({ config, policy }: Configured): Finding[] => {
  const behaviour = behaviourOf(config)
  const origin = config.Origins?.Items?.find(one => one.Id === behaviour.TargetOriginId)
  const { Enabled: shielded, OriginShieldRegion: shield } = origin?.OriginShield ?? {}
  const finding = (expected: string, observed: string | number | undefined, met: boolean): Finding => ({
    check: 'configuration',
    expected,
    observed: String(observed ?? 'not set'),
    met,
  })
  const cookies = policy.ParametersInCacheKeyAndForwardedToOrigin?.CookiesConfig?.CookieBehavior
  const { S3OriginConfig: bucket, ConnectionTimeout: connect, ConnectionAttempts: attempts } = origin ?? {}
  return [
    finding('the bucket is waited for 1 s', bucket?.OriginReadTimeout, bucket?.OriginReadTimeout === 1),
    finding('a connection to it is waited for 1 s', connect, connect === 1),
    finding('it is tried once', attempts, attempts === 1),
    finding('it is read with an origin access control', origin?.OriginAccessControlId, !!origin?.OriginAccessControlId),
    finding(
      'its Origin Shield, if it has one, is in the European Union',
      shielded ? shield : 'none',
      !shielded || Object.values<string>(europeanRegions).includes(shield ?? ''),
    ),
    finding('the minimum TTL is 0', policy.MinTTL, policy.MinTTL === 0),
    finding(
      `the maximum TTL is at least ${longest} s, or it would end stale-if-error`,
      policy.MaxTTL,
      (policy.MaxTTL ?? 0) >= longest,
    ),
    finding(
      'no cookie is forwarded',
      `${cookies}, origin request policy ${behaviour.OriginRequestPolicyId ?? 'none'}`,
      cookies === 'none' && !behaviour.OriginRequestPolicyId,
    ),
    finding('replies are compressed', String(behaviour.Compress), behaviour.Compress === true),
  ]
}
