import { at, list, ofType, type Template, texts } from './template.ts'

const looksSecret = [
  ['an access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a token', /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/],
] as const
const namesSecret = /secret|password|passwd|token|credential|private_?key|api_?key/i

/**
 * Secrets written out in a template, which everybody who may look at a stack can read: texts of a known form,
 * variables called a secret, and headers that an origin is told, when they are texts and not references.
 */
export const writtenSecrets = (template: Template): string[] => {
  const known = Object.entries(template.Resources).flatMap(([id, resource]) =>
    texts(resource.Properties).flatMap(([path, text]) =>
      looksSecret.filter(([, form]) => form.test(text)).map(([what]) => `${id}: ${what} in ${path}`),
    ),
  )
  const variables = ofType(template, 'AWS::Lambda::Function').flatMap(([id, fn]) =>
    Object.entries((at(fn, 'Environment', 'Variables') ?? {}) as Record<string, unknown>)
      .filter(([name, value]) => namesSecret.test(name) && typeof value === 'string')
      .map(([name]) => `${id}: the variable ${name} is written out`),
  )
  const headers = ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, distribution]) =>
    list(at(distribution, 'DistributionConfig', 'Origins'))
      .flatMap(origin => list(at(origin, 'OriginCustomHeaders')))
      .filter(header => typeof at(header, 'HeaderValue') === 'string')
      .map(header => `${id}: the header ${at(header, 'HeaderName')} is written out`),
  )
  return [...known, ...variables, ...headers]
}
