import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundling } from '../../lib/platform/bundle.ts'
import { root } from '../../lib/platform/root.ts'
import { ServiceFunction } from '../../lib/platform/service-function.ts'
import { territories } from '../../lib/territories.ts'
import { type Deployment, deployments, TerritoryStack } from '../../lib/territory-stack.ts'
import { launch } from '../browser/chromium.ts'
import type { Visitor } from '../support/http.ts'
import { populate } from '../support/populate.ts'
import { statusOf } from '../support/s3/session.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { uploadContract } from '../support/upload.ts'
import { refusals } from './check/engine.ts'
import { wideGrants } from './check/policies.ts'
import { at, list, ofType, synthesized, type Template } from './check/template.ts'

const folder = mkdtempSync(join(tmpdir(), 'preau-uploads-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Synthesizes a territory with one more contract, which has upload routes, into the folder `assembly`. */
const withUploads = (name: string): { assembly: string; template: Template; findings: string[] } => {
  const territory = territories.find(one => one.name === name)
  if (!territory) throw new Error(`no territory ${name}`)
  const code = mkdtempSync(join(folder, 'code-'))
  const outfile = join(code, 'index.mjs')
  buildSync({ ...bundling, sourcemap: false, write: true, outfile, entryPoints: ['test/support/drawings.ts'] })
  const outdir = mkdtempSync(join(folder, `${name}-`))
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))
  const app = new App({ outdir, context })
  const drawings: Deployment = {
    contract: uploadContract,
    deploy: (scope, { table }) =>
      new ServiceFunction(scope, 'Drawings', territory, {
        name: 'drawings',
        what: 'Drawings',
        impact: 'Nobody draws.',
        entry: 'none',
        folder: code,
        memory: 256,
        timeout: 5,
        environment: { TABLE_NAME: table.tableName },
      }),
  }
  new TerritoryStack(app, territory, [...deployments, drawings])
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  app.synth()
  const read = (file: string) => JSON.parse(readFileSync(join(outdir, file), 'utf8'))
  const report: { pluginReports: { violations: { ruleName: string }[] }[] } = read('validation-report.json')
  return {
    assembly: outdir,
    template: read(`preau-${name}.template.json`),
    findings: report.pluginReports.flatMap(({ violations }) => violations.map(one => one.ruleName)),
  }
}

const documentsOf = (template: Template) => {
  const [id = '', bucket] = ofType(template, 'AWS::S3::Bucket').find(([one]) => one.startsWith('Documents')) ?? []
  return { id, bucket }
}
/** What each function's role may put into the documents' bucket. */
const putsOf = (template: Template) => {
  const { id } = documentsOf(template)
  const functions = ofType(template, 'AWS::Lambda::Function').map(([, fn]) => fn)
  return ofType(template, 'AWS::IAM::Policy').flatMap(([, policy]) => {
    const fn = functions.find(one => at(one, 'Role', 'Fn::GetAtt', 0) === at(policy, 'Roles', 0, 'Ref'))
    return list(at(policy, 'PolicyDocument', 'Statement'))
      .filter(one => /"s3:(Put|\*)/.test(JSON.stringify(at(one, 'Action'))))
      .filter(one => fn && JSON.stringify(at(one, 'Resource')).includes(id))
      .map(statement => ({ fn: at(fn, 'FunctionName'), on: at(statement, 'Resource') }))
  })
}
const putOf = (name: string, feature: string, id: string, fn = feature) => ({
  fn: `preau-${name}-${fn}`,
  on: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, `/${feature}/*`]] },
})
const functionsWithOrigin = (template: Template) =>
  ofType(template, 'AWS::Lambda::Function')
    .filter(([, fn]) => at(fn, 'Environment', 'Variables', 'DOCUMENTS_ORIGIN') !== undefined)
    .map(([, fn]) => fn)
const policies = (template: Template) =>
  ofType(template, 'AWS::CloudFront::ResponseHeadersPolicy').map(([, policy]) =>
    at(
      policy,
      'ResponseHeadersPolicyConfig',
      'SecurityHeadersConfig',
      'ContentSecurityPolicy',
      'ContentSecurityPolicy',
    ),
  )

describe.each(territories.map(one => one.name))('%s as it is', name => {
  it('allows documents and what looks at arrivals alone to put files into their bucket, and pages to send them', () => {
    const template = synthesized(name)
    const { id, bucket } = documentsOf(template)
    expect(putsOf(template)).toEqual([putOf(name, 'documents', id), putOf(name, 'documents', id, 'arrivals')])
    // The work signs addresses of files that no scanner can look into.
    expect(functionsWithOrigin(template).map(fn => at(fn, 'FunctionName'))).toEqual([
      `preau-${name}-work`,
      `preau-${name}-documents`,
    ])
    expect(list(at(bucket, 'CorsConfiguration', 'CorsRules')).map(rule => at(rule, 'AllowedMethods'))).toEqual([
      ['PUT'],
    ])
  })
})

describe.each([
  ['demo', 'https://*.cloudfront.net'],
  ['val-de-brume', 'https://ent.val-de-brume.example'],
])('%s with a contract that has upload routes', (name, origin) => {
  let synthesis: ReturnType<typeof withUploads>
  let id: string
  let host: object
  beforeAll(() => {
    synthesis = withUploads(name)
    id = documentsOf(synthesis.template).id
    host = { 'Fn::GetAtt': [id, 'RegionalDomainName'] }
  })

  it('gives only the functions of such contracts, and of signed addresses, the variable with the bucket’s origin', () => {
    const configured = functionsWithOrigin(synthesis.template)
    expect(configured.map(fn => at(fn, 'FunctionName'))).toEqual(
      ['work', 'documents', 'drawings'].map(one => `preau-${name}-${one}`),
    )
    for (const fn of configured)
      expect(at(fn, 'Environment', 'Variables', 'DOCUMENTS_ORIGIN')).toEqual({ 'Fn::Join': ['', ['https://', host]] })
  })

  it('allows each of them to put objects of its own feature, and nothing else in the bucket', () => {
    const puts = putsOf(synthesis.template)
    const own = [putOf(name, 'documents', id), putOf(name, 'documents', id, 'arrivals'), putOf(name, 'drawings', id)]
    expect(puts).toHaveLength(own.length)
    expect(puts).toEqual(expect.arrayContaining(own))
  })

  it('allows PUT from the territory’s origin by CORS, with the headers of a grant', () => {
    expect(at(documentsOf(synthesis.template).bucket, 'CorsConfiguration')).toEqual({
      CorsRules: [
        {
          AllowedMethods: ['PUT'],
          AllowedOrigins: [origin],
          AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          MaxAge: 7200,
        },
      ],
    })
  })

  it('allows pages, and no document that is opened by itself, to connect to the bucket', () => {
    const all = policies(synthesis.template)
    const connecting = all.filter(policy => JSON.stringify(policy).includes('connect-src'))
    expect(all).toHaveLength(connecting.length + 1)
    for (const policy of connecting) {
      const [start, ...rest] = list(at(policy, 'Fn::Join', 1))
      expect(start).toMatch(/; connect-src 'self' https:\/\/$/)
      expect(rest).toEqual([host, expect.stringMatching(/^; manifest-src 'self'/)])
    }
    expect(all).toContain("default-src 'none'; style-src 'unsafe-inline'; sandbox")
  })

  it('has no finding of cdk-nag, no error of CloudFormation and no wide grant', () => {
    expect(synthesis.findings).toEqual([])
    expect(refusals(synthesis.template)).toEqual([])
    expect(wideGrants(synthesis.template)).toEqual([])
  })
})

describe('a territory on one machine with a contract that has upload routes', () => {
  let territory: Territory
  let pupil: Visitor
  let bucket: string
  beforeAll(async () => {
    const { assembly, template } = withUploads('demo')
    territory = await startTerritory({ assembly })
    pupil = await (await populate(territory)).as('ines')
    bucket = `preau-demo-${documentsOf(template).id}`.toLowerCase()
  })
  afterAll(() => territory?.stop())

  const drawing = 'a drawing'
  const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
  const announce = async (title: string) => {
    const file = { length: drawing.length, type: 'image/png', sha256: sha256(drawing) }
    const reply = await pupil.ask(uploadContract.routes.send, { body: { title, file } })
    expect(reply.status).toBe(201)
    return reply.body.upload.puts[0] as { url: string; headers: Record<string, string> }
  }
  const stored = async () => {
    const { Contents = [] } = await territory.storage.client.send(new ListObjectsV2Command({ Bucket: bucket }))
    return Contents.map(one => one.Key)
  }

  it('stores the file that a grant is for, and no other', async () => {
    const { url, headers } = await announce('castle')
    const put = async (body: string, changed: Record<string, string> = {}, to = url) =>
      statusOf(await fetch(to, { method: 'PUT', headers: { ...headers, ...changed }, body }))
    const other = 'a drowsin'
    expect(await put(`${drawing}s`)).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await put(drawing, { 'content-type': 'text/html' })).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await put(other)).toEqual([400, 'BadDigest'])
    expect(await put(other, { 'x-amz-checksum-sha256': sha256(other) })).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await put(drawing, {}, url.replace('castle', 'moat'))).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await stored()).toEqual([])
    expect(await put(drawing)).toEqual([200])
    expect(await stored()).toEqual(['drawings/castle'])
    const object = await territory.storage.client.send(new GetObjectCommand({ Bucket: bucket, Key: 'drawings/castle' }))
    expect([object.ContentType, await object.Body?.transformToString()]).toEqual(['image/png', drawing])
  })

  it('takes the file from a browser, and lets its page read what it refuses', async () => {
    const { url, headers } = await announce('tower')
    const browser = await launch()
    try {
      const page = await browser.newPage()
      await page.goto(`${territory.url}/sign-in`)
      const put = (body: string) =>
        page.evaluate(
          async ([to = '', text = '', sent]) => {
            const reply = await fetch(to, { method: 'PUT', headers: JSON.parse(sent ?? ''), body: text })
            return [reply.status, await reply.text()]
          },
          [url, body, JSON.stringify(headers)],
        )
      expect(await put(`${drawing}s`)).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')])
      expect(await put('a drowsin')).toEqual([400, expect.stringContaining('BadDigest')])
      expect(await stored()).not.toContain('drawings/tower')
      expect(await put(drawing)).toEqual([200, ''])
      expect(await stored()).toContain('drawings/tower')
    } finally {
      await browser.close()
    }
  })

  it('grants uploads to an address on this machine, to which its pages may connect', async () => {
    const { origin } = new URL((await announce('wall')).url)
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const page = await pupil.get('/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain(`; connect-src 'self' ${origin}; `)
  })
})
