import { Stack } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import { type Bucket, type CfnBucket, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3'
import { hasUploads } from '../../shared/kernel/route.ts'
import { uploadHeaders } from '../../shared/kernel/upload.ts'
import type { Territory } from '../territories.ts'
import { accept } from './accept.ts'
import type { Served } from './api.ts'

/** The origin of the URLs in upload grants: `https://<bucket>.s3.<region>.amazonaws.com`. */
export const documentsOrigin = (documents: IBucket): string => `https://${documents.bucketRegionalDomainName}`

/**
 * The territory's origin in the bucket's CORS rule. A territory without a domain has CloudFront's name, which cannot be
 * used here since the distribution depends on the bucket; any CloudFront name is allowed instead. That opens nothing:
 * the bucket gets no cookies, and a grant is needed to upload, with which CORS would not stop other clients anyway.
 */
const originOf = ({ domain }: Territory): string => `https://${domain?.name ?? '*.cloudfront.net'}`

/**
 * Allows browsers to put files into the documents' bucket with the grants of upload routes. The functions of contracts
 * with upload routes get the bucket's origin as a variable, and may put objects whose keys begin with the feature's name.
 * Does nothing if no contract has upload routes. Decision: docs/decisions/0018-upload-routes.md
 */
export const allowUploads = (territory: Territory, documents: Bucket, served: readonly Served[]): void => {
  const uploading = served.filter(({ contract }) => hasUploads(contract))
  if (uploading.length === 0) return
  documents.addCorsRule({
    allowedMethods: [HttpMethods.PUT],
    allowedOrigins: [originOf(territory)],
    allowedHeaders: [...uploadHeaders],
    // Seconds: the most for which Chromium caches a preflight response.
    maxAge: 7200,
  })
  const logicalId = Stack.of(documents).getLogicalId(documents.node.defaultChild as CfnBucket)
  for (const { contract, fn } of uploading) {
    const objects = `${contract.feature}/*`
    fn.addEnvironment('DOCUMENTS_ORIGIN', documentsOrigin(documents))
    fn.allow(['s3:PutObject'], [documents.arnForObjects(objects)])
    accept(fn.role as IRole, {
      [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${objects}]`]:
        'Object keys are not known at deploy; the prefix separates the objects of the features, and each grant is for ' +
        'one object.',
    })
  }
}
