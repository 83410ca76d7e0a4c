import type { Headers } from '../http.ts'
import type { ResponseHeadersPolicyProperties } from './configuration.ts'

type Line = { readonly name: string; readonly value: string; readonly overrides: boolean }

const linesOf = ({ SecurityHeadersConfig = {}, CustomHeadersConfig }: ResponseHeadersPolicyProperties): Line[] => {
  const lines: Line[] = []
  const add = (name: string, value: string, { Override }: { Override: boolean }) =>
    lines.push({ name: name.toLowerCase(), value, overrides: Override })
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy, StrictTransportSecurity } =
    SecurityHeadersConfig
  if (ContentSecurityPolicy)
    add('content-security-policy', ContentSecurityPolicy.ContentSecurityPolicy, ContentSecurityPolicy)
  if (ContentTypeOptions) add('x-content-type-options', 'nosniff', ContentTypeOptions)
  if (FrameOptions) add('x-frame-options', FrameOptions.FrameOption, FrameOptions)
  if (ReferrerPolicy) add('referrer-policy', ReferrerPolicy.ReferrerPolicy, ReferrerPolicy)
  if (StrictTransportSecurity) {
    const { AccessControlMaxAgeSec, IncludeSubdomains, Preload } = StrictTransportSecurity
    const value = `max-age=${AccessControlMaxAgeSec}${IncludeSubdomains ? '; includeSubDomains' : ''}${Preload ? '; preload' : ''}`
    add('strict-transport-security', value, StrictTransportSecurity)
  }
  for (const one of CustomHeadersConfig?.Items ?? []) add(one.Header, one.Value, one)
  return lines
}

/** The function that applies a response headers policy to headers: it removes headers first, then adds its own. */
export const headersPolicy = (policy: ResponseHeadersPolicyProperties | undefined): ((headers: Headers) => Headers) => {
  if (!policy) return headers => headers
  const lines = linesOf(policy)
  const removed = (policy.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase())
  return given => {
    const headers = { ...given }
    for (const name of removed) delete headers[name]
    for (const { name, value, overrides } of lines) if (overrides || !headers[name]) headers[name] = [value]
    return headers
  }
}
