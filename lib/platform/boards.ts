import { Stack } from 'aws-cdk-lib'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3'
import { accept } from './accept.ts'
import type { ServiceFunction } from './service-function.ts'

/** Lets a function read, put and delete boards and indexes, and tells it the bucket by the variable BOARDS_BUCKET. */
export const grantBoards = (fn: ServiceFunction, boards: Bucket): void => {
  fn.addEnvironment('BOARDS_BUCKET', boards.bucketName)
  const objects = 'boards/*'
  fn.allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [boards.arnForObjects(objects)])
  // Nothing lists it; but S3 answers 404 for an object that is not there to whoever may, and 403 to others.
  fn.allow(['s3:ListBucket'], [boards.bucketArn])
  const logicalId = Stack.of(boards).getLogicalId(boards.node.defaultChild as CfnBucket)
  accept(fn.role as IRole, {
    [`AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${objects}]`]:
      'The names of files change with their content, which is not known when the policy is written.',
  })
}
