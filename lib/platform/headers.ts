import { Duration } from 'aws-cdk-lib'
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'

/** Nothing but what the territory's own address serves: no inline script, no other host, no frame around it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a page of the territory never asks for. */
const permissionsPolicy = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'payment',
  'usb',
]
  .map(feature => `${feature}=()`)
  .join(', ')

export type ReplyHeaders = {
  readonly security: ResponseHeadersPolicy
  /** The security headers, for what the edge has copies of that only some people may see. */
  readonly guarded: ResponseHeadersPolicy
}

/** Headers of every reply, whatever stands behind the edge. */
export const replyHeaders = (scope: Construct, territory: string): ReplyHeaders => ({
  security: policy(scope, 'SecurityHeaders', `preau-${territory}`),
  // The edge goes by what the origin says. To a cache behind it, such as a school's proxy that opens TLS, the lifetimes
  // meant for the edge would be leave to answer people whose session nobody has checked.
  guarded: policy(scope, 'GuardedHeaders', `preau-${territory}-guarded`, { 'cache-control': 'private, no-cache' }),
})

const policy = (scope: Construct, id: string, name: string, more: Readonly<Record<string, string>> = {}) =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: name,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(730),
        includeSubdomains: true,
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'permissions-policy', value: permissionsPolicy, override: true },
        { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
        { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
        ...Object.entries(more).map(([header, value]) => ({ header, value, override: true })),
      ],
    },
    removeHeaders: ['server'],
  })
