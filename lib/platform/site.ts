import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CustomResource, Stack } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import type { Construct } from 'constructs'
import packageJson from '../../package.json' with { type: 'json' }
import type { Contract } from '../../shared/kernel/route.ts'
import { openApi } from '../../shared/openapi.ts'
import type { Territory } from '../territories.ts'
import { accept } from './accept.ts'
import { bundle } from './bundle.ts'
import { ServiceFunction } from './service-function.ts'
import { builtWeb } from './web-build.ts'

export type SiteProps = {
  readonly territory: Territory
  readonly contracts: readonly Contract[]
  readonly site: IBucket
}

/** Puts the built web app beside the function that publishes it: `site/`, in the function's own code. */
const withSite = (folder: string, contracts: readonly Contract[]): string => {
  const site = join(folder, 'site')
  rmSync(site, { recursive: true, force: true })
  mkdirSync(join(site, 'api'), { recursive: true })
  const built = builtWeb()
  if (existsSync(built)) cpSync(built, site, { recursive: true })
  writeFileSync(join(site, 'api/openapi.json'), JSON.stringify(openApi(contracts, packageJson.version)))
  return folder
}

/**
 * Publishes the web app and the API's description at each deploy that changed them.
 * Decision: docs/decisions/0007-a-publisher-of-our-own.md
 */
export const publishedSite = (scope: Construct, { territory, contracts, site }: SiteProps): ServiceFunction => {
  const folder = withSite(bundle(scope, 'site', 'functions/site/handler.ts'), contracts)
  const asset = new Asset(scope, 'SiteAsset', { path: folder })
  const fn = new ServiceFunction(scope, 'Publisher', territory, {
    name: 'site',
    what: 'Publishes the web app at deploy',
    impact: 'Nobody: the web app published before stays. The deploy stops and goes back.',
    entry: 'functions/site/handler.ts',
    code: Code.fromAsset(folder),
    memory: 1024,
    timeout: 120,
    environment: { BUCKET_NAME: site.bucketName },
  })
  fn.allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [site.arnForObjects('*')])
  const logicalId = Stack.of(site).getLogicalId(site.node.defaultChild as CfnBucket)
  accept(fn.role as IRole, {
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`]:
      'The files of the web app are named by the hash of what they hold: nobody knows their names before.',
  })
  const published = new CustomResource(scope, 'PublishedSite', {
    resourceType: 'Custom::PreauSite',
    serviceToken: fn.functionArn,
    properties: { Bucket: site.bucketName, Content: asset.assetHash },
  })
  published.node.addDependency(fn.role as NonNullable<typeof fn.role>)
  return fn
}
