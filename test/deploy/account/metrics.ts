import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { ListBucketMetricsConfigurationsCommand, type S3Client } from '@aws-sdk/client-s3'

const hour = 3_600_000

/**
 * The viewer function's compute utilisation in the last three hours: averages of a minute, in percent. CloudFront's
 * metrics are in us-east-1 and have the dimension Region=Global.
 */
export const computeUtilisation = async (functionName: string, now: Date): Promise<readonly number[]> => {
  const client = new CloudWatchClient({ region: 'us-east-1' })
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/CloudFront',
      MetricName: 'FunctionComputeUtilization',
      Dimensions: [
        { Name: 'FunctionName', Value: functionName },
        { Name: 'Region', Value: 'Global' },
      ],
      StartTime: new Date(now.getTime() - 3 * hour),
      EndTime: now,
      Period: 60,
      Statistics: ['Average'],
    }),
  )
  return Datapoints.map(one => one.Average).filter(one => one !== undefined)
}

/** The bucket's request metrics for all its objects: the filter's id; undefined if it has none. */
export const requestMetrics = async (s3: S3Client, bucket: string): Promise<string | undefined> => {
  const { MetricsConfigurationList = [] } = await s3.send(
    new ListBucketMetricsConfigurationsCommand({ Bucket: bucket }),
  )
  return MetricsConfigurationList.find(one => !one.Filter)?.Id
}

/** GET requests that the bucket counted between two instants, which are whole minutes; undefined if none were reported. */
export const bucketRequests = async (
  region: string,
  bucket: string,
  filter: string,
  from: Date,
  to: Date,
): Promise<number | undefined> => {
  const { Datapoints = [] } = await new CloudWatchClient({ region }).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/S3',
      MetricName: 'GetRequests',
      Dimensions: [
        { Name: 'BucketName', Value: bucket },
        { Name: 'FilterId', Value: filter },
      ],
      StartTime: from,
      EndTime: to,
      Period: 60,
      Statistics: ['Sum'],
    }),
  )
  return Datapoints.length === 0 ? undefined : Datapoints.reduce((sum, one) => sum + (one.Sum ?? 0), 0)
}
