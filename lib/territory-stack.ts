import { CfnOutput, Stack, Tags } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { directoryContract } from '../shared/directory/contract.ts'
import { contracts } from '../shared/features.ts'
import { newsContract } from '../shared/news/contract.ts'
import { passwordContract, sessionContract } from '../shared/session/contract.ts'
import { deliveryFunction } from './delivery.ts'
import { directoryFunction } from './directory.ts'
import { newsFunction } from './news.ts'
import { alarms } from './platform/alarms.ts'
import { httpApi } from './platform/api.ts'
import { documentsBucket, logBucket, siteBucket } from './platform/buckets.ts'
import { dashboard } from './platform/dashboard.ts'
import { edge, edgeKeys } from './platform/edge.ts'
import { publishedSite } from './platform/site.ts'
import { territoryTable } from './platform/table.ts'
import { passwordFunction, sessionFunction, territoryKeys } from './session.ts'
import type { Territory } from './territories.ts'

/**
 * A territory, whole: one stack, so that it is deployed or rolled back as one.
 * Decision: docs/decisions/0006-one-stack.md
 */
export class TerritoryStack extends Stack {
  constructor(scope: Construct, territory: Territory) {
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

    const store = edgeKeys(this, territory.name)
    const keys = territoryKeys(this, territory, { table, store })
    const delivery = deliveryFunction(this, territory, table)
    const implementing = {
      [passwordContract.function]: passwordFunction(this, territory, table),
      [sessionContract.function]: sessionFunction(this, territory, table),
      [directoryContract.function]: directoryFunction(this, territory, table),
      [newsContract.function]: newsFunction(this, territory, table),
    }
    const served = contracts.map(contract => {
      const fn = implementing[contract.function]
      if (!fn) throw new Error(`The contract of ${contract.function} has no function in lib/.`)
      return { contract, fn }
    })
    const api = httpApi(this, territory.name, served)
    publishedSite(this, { territory, contracts, site })
    const distribution = edge(this, {
      territory,
      contracts,
      api,
      site,
      documents,
      keys: store,
      secret: keys.edgeSecret,
    })

    const watched = {
      territory,
      serving: served.map(one => one.fn),
      delivery: delivery.fn,
      setAside: delivery.setAside,
      keys: keys.fn,
      api,
      table,
    }
    dashboard(this, watched, distribution, alarms(this, watched))

    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description })
    output('Address', `https://${territory.domain?.name ?? distribution.distributionDomainName}`, 'Where people go')
    output('EdgeDomain', distribution.distributionDomainName, 'What the name people type is an alias of')
    output('TableName', table.tableName, 'For npm run directory -- import --table')
    output('DocumentsBucketName', documents.bucketName, "People's files")
  }
}
