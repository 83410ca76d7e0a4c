import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudFrontClient, type KeyValueStore, paginateListKeyValueStores } from '@aws-sdk/client-cloudfront'
import { territoryNamed } from '../lib/platform/named-territory.ts'
import { root } from '../lib/platform/root.ts'
import { territories } from '../lib/territories.ts'
import { deployArguments } from './deploy/options.ts'
import { deployedTerritories, refusedPlace } from './deploy/place.ts'

// npm run deploy: `cdk deploy` of all stacks of a territory, unless its entry has another place than what is deployed.

const warn = (text: string) => process.stderr.write(`${text}\n`)

const storesOfAccount = async (profile: string | undefined): Promise<KeyValueStore[]> => {
  const client = new CloudFrontClient({ region: 'us-east-1', ...(profile !== undefined && { profile }) })
  const stores: KeyValueStore[] = []
  for await (const page of paginateListKeyValueStores({ client }, {}))
    stores.push(...(page.KeyValueStoreList?.Items ?? []))
  return stores
}

const { territory: named, profile, isNew, cdk } = deployArguments(process.argv.slice(2))
try {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))
  const territory = territoryNamed(named ?? context.territory)
  const stores = await storesOfAccount(profile).catch((error: Error) => {
    warn(
      `What is deployed could not be asked of CloudFront (${error.name}), so that a changed Region is not noticed here.`,
    )
    return []
  })
  const refused = refusedPlace(territory, territories, deployedTerritories(stores), isNew)
  if (refused) throw new Error(refused)
  const program = join(root, 'node_modules/aws-cdk/bin/cdk')
  const child = spawn(process.execPath, [program, 'deploy', '--all', ...cdk], { cwd: root, stdio: 'inherit' })
  child.once('exit', status => {
    process.exitCode = status ?? 1
  })
} catch (error) {
  warn(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
