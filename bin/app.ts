import { territoryApp } from '../lib/app.ts'

// The CDK app: one territory, chosen with `-c territory=<name>`; cdk.json names the default one.
try {
  territoryApp().app.synth()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
