import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { territoryNamed } from './named-territory.ts'
import { TerritoryStack } from './territory-stack.ts'

/**
 * The CDK app of the territory that the context key `territory` names: its stack, and the cdk-nag checks that run at
 * every synth. Throws an error whose message is written for the operator if the territory is unknown or its Region is
 * not allowed.
 */
export const territoryApp = (props: AppProps = {}): { app: App; stack: TerritoryStack } => {
  const app = new App(props)
  const stack = new TerritoryStack(app, territoryNamed(app.node.tryGetContext('territory')))
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}
