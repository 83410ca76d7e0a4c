import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { territoryNamed } from '../lib/territories.ts'
import { TerritoryStack } from '../lib/territory-stack.ts'

// The CDK app: one territory, chosen with `-c territory=<name>`; cdk.json says which one otherwise.
try {
  const app = new App()
  new TerritoryStack(app, territoryNamed(app.node.tryGetContext('territory')))
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  app.synth()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
