import { Duration } from 'aws-cdk-lib'
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'

/** Only files of the territory's own origin: no inline script, no framing, no other host but the one that uploads go to. */
const contentSecurityPolicy = (uploads: string | undefined) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    // The browser's own viewer of a PDF, on a copy that the page has made of it.
    'frame-src blob:',
    ["connect-src 'self'", ...(uploads ? [uploads] : [])].join(' '),
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** A document of an origin of its own, without scripts, forms and what it would fetch (CSP level 3, sandbox). */
const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Browser features that the web app does not use, and the microphone, with which a teacher records a remark. */
const permissionsPolicy = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'payment',
  'usb',
]
  .map(feature => `${feature}=()`)
  .concat('microphone=(self)')
  .join(', ')

export type ReplyHeaders = {
  readonly security: ResponseHeadersPolicy
  /** The security headers, for cached replies that only some people may see: browsers keep nothing of them. */
  readonly guarded: ResponseHeadersPolicy
  /** Those of documents that people have sent: nothing in them runs, even opened by itself at the territory's address. */
  readonly media: ResponseHeadersPolicy
}

/**
 * The response headers policies of the edge's behaviours.
 * @param uploads the origin that pages send files to, if some contract has an upload route.
 */
export const replyHeaders = (scope: Construct, territory: string, uploads?: string): ReplyHeaders => {
  const csp = contentSecurityPolicy(uploads)
  return {
    security: policy(scope, 'SecurityHeaders', `preau-${territory}`, csp),
    // The edge caches by the origin's Cache-Control and then replaces it: a shared cache between the edge and the
    // browser, such as a school's TLS-inspecting proxy, would otherwise serve its copies to people whose session was not
    // checked; and a browser on a shared computer would keep what the last person read.
    guarded: policy(scope, 'GuardedHeaders', `preau-${territory}-guarded`, csp, {
      'cache-control': 'private, no-store',
    }),
    media: policy(scope, 'MediaHeaders', `preau-${territory}-media`, mediaPolicy, {
      'cache-control': 'private, no-store',
    }),
  }
}

const policy = (
  scope: Construct,
  id: string,
  name: string,
  contentSecurityPolicy: string,
  more: Readonly<Record<string, string>> = {},
) =>
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
