import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CustomResource, Stack, Stage } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import type { Construct } from 'constructs'
import packageJson from '../../package.json' with { type: 'json' }
import type { Contract } from '../../shared/kernel/route.ts'
import type { Territory } from '../territories.ts'
import { accept } from './accept.ts'
import { bundle } from './bundle.ts'
import { openApi } from './openapi.ts'
import { ServiceFunction } from './service-function.ts'
import { builtWeb } from './web-build.ts'

export type SiteProps = {
  readonly territory: Territory
  readonly contracts: readonly Contract[]
  readonly site: IBucket
}

const entry = 'functions/site/handler.ts'

/** A folder with the publisher's code and, in `site/` beside it, what it publishes. */
const publisherFolder = (scope: Construct, territory: Territory, contracts: readonly Contract[]): string => {
  const folder = join(Stage.of(scope)?.outdir ?? 'cdk.out', 'publisher')
  mkdirSync(join(folder, 'site/api'), { recursive: true })
  cpSync(bundle('site', entry), folder, { recursive: true })
  cpSync(builtWeb(territory), join(folder, 'site'), { recursive: true })
  writeFileSync(join(folder, 'site/api/openapi.json'), JSON.stringify(openApi(contracts, packageJson.version)))
  return folder
}

/**
 * Publishes the web app and the OpenAPI document at each deploy that changed them.
 * Decision: docs/decisions/0007-a-publisher-of-our-own.md
 */
export const publishedSite = (scope: Construct, { territory, contracts, site }: SiteProps): ServiceFunction => {
  const folder = publisherFolder(scope, territory, contracts)
  const { assetHash } = new Asset(scope, 'SiteAsset', { path: folder })
  const fn = new ServiceFunction(scope, 'Publisher', territory, {
    name: 'site',
    what: 'Publishes the web app at deploy',
    impact: 'Nobody: the web app published before stays. The deploy fails and is rolled back.',
    entry,
    folder,
    memory: 1024,
    timeout: 120,
    environment: { BUCKET_NAME: site.bucketName },
  })
  fn.allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [site.arnForObjects('*')])
  // For the first deploy: S3 says of an object that it is missing only to those who may list.
  fn.allow(['s3:ListBucket'], [site.bucketArn])
  const logicalId = Stack.of(site).getLogicalId(site.node.defaultChild as CfnBucket)
  accept(fn.role as IRole, {
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`]:
      'The files of the web app are named by the hash of their content, which is not known when the policy is written.',
  })
  const published = new CustomResource(scope, 'PublishedSite', {
    resourceType: 'Custom::PreauSite',
    serviceToken: fn.functionArn,
    properties: { Bucket: site.bucketName, Content: assetHash },
  })
  published.node.addDependency(fn.role as IRole)
  return fn
}
