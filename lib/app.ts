import { App, type AppProps, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { territoryNamed } from './territories.ts'
import { TerritoryStack } from './territory-stack.ts'

/**
 * The CDK app of the territory that the context names: its stack, and the checks that every synth runs. Throws a
 * sentence for the operator if there is no such territory, or if it may not stand where it should.
 */
export const territoryApp = (props: AppProps = {}): { app: App; stack: TerritoryStack } => {
  const app = new App(props)
  const stack = new TerritoryStack(app, territoryNamed(app.node.tryGetContext('territory')))
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}
