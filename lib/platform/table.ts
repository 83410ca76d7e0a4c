import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import type { Territory } from '../territories.ts'

/** The territory's one table. It is retained when the stack is deleted, so that no mistake deletes people's data. */
export const territoryTable = (scope: Construct, { warmThroughput }: Territory): Table =>
  new Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(warmThroughput && {
      warmThroughput: {
        readUnitsPerSecond: warmThroughput.reads,
        writeUnitsPerSecond: warmThroughput.writes,
      },
    }),
  })
