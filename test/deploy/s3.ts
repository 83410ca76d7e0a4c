import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { s3Cases } from '../lib/local/s3-contract.ts'
import { tryCase } from '../support/s3/case.ts'
import { type Emulator, region } from './emulator.ts'
import { s3Limits } from './limits.ts'

const bucket = 'preau-s3-contract'

/**
 * Tries on the emulator's S3 what the territory relies on of S3. Throws an error that names the cases which it does not
 * meet and limits.ts does not list, and those that are listed there and met.
 */
export const s3Behaves = async ({ endpoint, environment }: Emulator): Promise<void> => {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment
  const target = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, bucket }
  const client = new S3Client({ ...target, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  const surprises: string[] = []
  for (const one of s3Cases) {
    const { met, observed } = await tryCase(target, one)
    if (met === one.name in s3Limits) surprises.push(`${one.name}: ${JSON.stringify(observed)}`)
  }
  const names = s3Cases.map(one => one.name)
  surprises.push(...Object.keys(s3Limits).filter(name => !names.includes(name)))
  if (surprises.length > 0) throw new Error(`the emulator's S3 differs from limits.ts:\n${surprises.join('\n')}`)
}
