import { Stack } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { type Bucket, type CfnBucket, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3'
import { hasUploads } from '../../shared/kernel/route.ts'
import { uploadHeaders } from '../../shared/kernel/upload.ts'
import type { Territory } from '../territories.ts'
import { accept } from './accept.ts'
import type { Served } from './api.ts'

/** The address that grants of uploads lead to: `https://<bucket>.s3.<region>.amazonaws.com`. */
export const documentsOrigin = (documents: IBucket): string => `https://${documents.bucketRegionalDomainName}`

/**
 * The territory's origin, as the bucket's CORS names it. Without a domain of its own its name is CloudFront's, which is
 * known only once the distribution stands, and that stands on the bucket: any distribution's then. CORS guards nothing
 * here that the grant does not: no cookie goes to the bucket, and who has a grant needs no browser.
 */
const originOf = ({ domain }: Territory): string => `https://${domain?.name ?? '*.cloudfront.net'}`

/**
 * Lets browsers put files into the documents' bucket by the grants of upload routes. The functions of contracts that have
 * some are told the bucket's origin, and may put objects whose keys begin with their own feature's name. Changes nothing
 * if no contract has one. Decision: docs/decisions/0018-upload-routes.md
 */
export const allowUploads = (territory: Territory, documents: Bucket, served: readonly Served[]): void => {
  const uploading = served.filter(({ contract }) => hasUploads(contract))
  if (uploading.length === 0) return
  documents.addCorsRule({
    allowedMethods: [HttpMethods.PUT],
    allowedOrigins: [originOf(territory)],
    allowedHeaders: [...uploadHeaders],
    // The longest that Chromium remembers a preflight, in seconds.
    maxAge: 7200,
  })
  const logicalId = Stack.of(documents).getLogicalId(documents.node.defaultChild as CfnBucket)
  for (const { contract, fn } of uploading) {
    const objects = `${contract.feature}/*`
    fn.addEnvironment('DOCUMENTS_ORIGIN', documentsOrigin(documents))
    fn.allow(['s3:PutObject'], [documents.arnForObjects(objects)])
    accept(fn.role as IRole, {
      [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${objects}]`]:
        'Objects are named as they are announced; the prefix keeps a feature from the objects of the others, and each ' +
        'grant is for one object.',
    })
  }
}
