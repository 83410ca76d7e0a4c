import { at, list, ofType, type Template, texts } from './template.ts'

const secretForms = [
  ['an access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a token', /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/],
] as const
const secretName = /secret|password|passwd|token|credential|private_?key|api_?key/i

/**
 * Secrets in plain text in a template, which everybody with access to the stack can read: texts with the form of a
 * secret, and variables with the name of a secret and origin headers whose value is a text and not a reference.
 */
export const writtenSecrets = (template: Template): string[] => {
  const known = Object.entries(template.Resources).flatMap(([id, resource]) =>
    texts(resource.Properties).flatMap(([path, text]) =>
      secretForms.filter(([, form]) => form.test(text)).map(([what]) => `${id}: ${what} in ${path}`),
    ),
  )
  const variables = ofType(template, 'AWS::Lambda::Function').flatMap(([id, fn]) =>
    Object.entries((at(fn, 'Environment', 'Variables') ?? {}) as Record<string, unknown>)
      .filter(([name, value]) => secretName.test(name) && typeof value === 'string')
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
