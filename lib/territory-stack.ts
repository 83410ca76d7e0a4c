import { CfnDeletionPolicy, CfnOutput, CfnResource, Stack, Tags } from 'aws-cdk-lib'
import type { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import {
  beatAccess,
  erasureAccess,
  migrationsAccess,
  redeliveryAccess,
  supersededAccess,
  sweepAccess,
} from '../functions/platform/access.ts'
import { contracts } from '../shared/features.ts'
import type { Contract } from '../shared/kernel/route.ts'
import {
  boardsRebuildAccess,
  clockAccesses,
  deliveryAccesses,
  erasureAccesses,
  fileArrivalsAccess,
  functions,
  importsAccess,
  migrationAccesses,
  renderingAccesses,
} from './features.ts'
import { alarms } from './platform/alarms.ts'
import { httpApi } from './platform/api.ts'
import { documentArrivals, grantTakingAway } from './platform/arrivals.ts'
import { grantBoards } from './platform/boards.ts'
import { boardsRebuild } from './platform/boards-rebuild.ts'
import { boardsBucket, documentsBucket, feedsBucket, logBucket, siteBucket } from './platform/buckets.ts'
import { clockFunction, dueQueue, grantDueQueue } from './platform/clock.ts'
import { dashboard } from './platform/dashboard.ts'
import { deliveryFunction } from './platform/delivery.ts'
import { edge, edgeKeys } from './platform/edge.ts'
import { unattendedImports } from './platform/imports.ts'
import { itemMigrations } from './platform/item-migrations.ts'
import { territoryKeys } from './platform/keys.ts'
import { publishedLosses } from './platform/losses.ts'
import { scanDocuments } from './platform/malware-scan.ts'
import type { FunctionProps, ServiceFunction } from './platform/service-function.ts'
import { publishedSite } from './platform/site.ts'
import { territoryTable } from './platform/table.ts'
import { allowUploads } from './platform/uploads.ts'
import type { Territory } from './territories.ts'

/** A contract, and what declares the function that implements it. */
export type Deployment = {
  readonly contract: Contract
  readonly deploy: (scope: Construct, props: FunctionProps) => ServiceFunction
}

/** The contracts of every territory with their functions. */
export const deployments: readonly Deployment[] = contracts.map(contract => ({
  contract,
  deploy: functions[contract.function],
}))

/**
 * Has what a failed creation would leave behind wait for the store, whose name is given once an account: a second stack of a
 * territory, in another Region, fails before there is an empty table or bucket.
 */
const retainedAfter = (stack: Stack, store: KeyValueStore): void => {
  const first = store.node.defaultChild as CfnResource
  for (const one of stack.node.findAll())
    if (one instanceof CfnResource && one.cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN)
      one.addResourceDependency(first)
}

/**
 * All resources of a territory in one stack, so that they are deployed and rolled back together.
 * Decision: docs/decisions/0006-one-stack.md
 */
export class TerritoryStack extends Stack {
  constructor(scope: Construct, territory: Territory, deployed: readonly Deployment[] = deployments) {
    super(scope, `preau-${territory.name}`, {
      description: `Préau for the territory ${territory.name}`,
      env: { region: territory.region },
      terminationProtection: true,
    })
    Tags.of(this).add('territory', territory.name)

    const table = territoryTable(this, territory)
    const logs = logBucket(this)
    const documents = documentsBucket(this, logs)
    const site = siteBucket(this, logs)
    const boards = boardsBucket(this)

    const store = edgeKeys(this, territory)
    const props = { territory, table }
    const keys = territoryKeys(this, { ...props, store })
    const subscribed = Object.values(deliveryAccesses).flatMap(access => access ?? [])
    const accesses = [
      ...subscribed,
      ...renderingAccesses,
      beatAccess,
      migrationsAccess,
      redeliveryAccess,
      ...migrationAccesses,
    ]
    const delivery = deliveryFunction(this, { ...props, accesses })
    itemMigrations(this, { ...props, delivery: delivery.fn, accesses: migrationAccesses })
    grantBoards(delivery.fn, boards)
    const due = [...Object.values(clockAccesses).flatMap(access => access ?? []), supersededAccess]
    const erasing = [sweepAccess, erasureAccess, ...Object.values(erasureAccesses).flatMap(access => access ?? [])]
    const queue = dueQueue(this)
    grantDueQueue(delivery.fn, queue)
    const clock = clockFunction(this, { ...props, accesses: due, erasing, queue })
    grantBoards(clock.fn, boards)
    const losses = publishedLosses(this, { ...props, store })
    const feeds = feedsBucket(this, logs)
    const imports = unattendedImports(this, { ...props, feeds, access: importsAccess })
    const served = deployed.map(({ contract, deploy }) => ({
      contract,
      fn: deploy(this, { ...props, imports: imports.queue, documents }),
    }))
    const arrivals = documentArrivals(this, { ...props, bucket: documents, access: fileArrivalsAccess })
    grantTakingAway(delivery.fn, arrivals.queue)
    scanDocuments(this, documents)
    allowUploads(territory, documents, served)
    const api = httpApi(this, territory.name, served)
    const deployedContracts = deployed.map(one => one.contract)
    boardsRebuild(this, {
      ...props,
      contracts: deployedContracts,
      access: boardsRebuildAccess,
      delivery: delivery.fn,
    })
    publishedSite(this, { territory, contracts: deployedContracts, site })
    const distribution = edge(this, {
      territory,
      contracts: deployedContracts,
      api,
      site,
      documents,
      boards,
      keys: store,
      secret: keys.edgeSecret,
    })

    const watched = {
      territory,
      serving: served.map(one => one.fn),
      delivery: delivery.fn,
      renderings: delivery.renderings,
      clock: clock.fn,
      deadLetters: delivery.deadLetters,
      losses,
      rules: [...delivery.rules, ...clock.rules, ...losses.rules, ...imports.rules, ...keys.rules, ...arrivals.rules],
      contracts: deployedContracts,
      api,
      table,
    }
    dashboard(this, watched, distribution, alarms(this, watched))
    retainedAfter(this, store)

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description })
    const address = `https://${territory.domain?.name ?? distribution.distributionDomainName}`
    output('Address', address, 'The address that people open')
    output('EdgeDomain', distribution.distributionDomainName, "The target of the domain name's DNS alias")
    output('TableName', table.tableName, 'For npm run directory -- import --table')
    output('DocumentsBucketName', documents.bucketName, "People's files")
    output('FeedsBucketName', feeds.bucketName, 'Deliveries of the directory are dropped here, under deliveries/')
    output('BoardsBucketName', boards.bucketName, 'What audiences read alike')
  }
}
