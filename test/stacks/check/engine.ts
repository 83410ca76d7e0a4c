import { createRequire } from 'node:module'
import type { Template } from './template.ts'

type Finding = { readonly ruleId: string; readonly severity: string; readonly message: string }
type Engine = { readonly validateTemplate: (template: object) => { readonly diagnostics: readonly Finding[] } }

// The engine bundled in aws-cdk-lib, so that it is the version that validates at synth.
const inside = createRequire(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'))
const { CompositeEngine, TemplateContent } = inside('@aws/cloudformation-validate') as {
  CompositeEngine: new () => Engine
  TemplateContent: new (text: string) => object
}

/** Rules whose findings are warnings of the engine, but errors of CloudFormation: "value not in allowed enum". */
const refused = new Set(['W3030'])

let engine: Engine | undefined

/** The parts of a template that CloudFormation would refuse, by the resources' schemas and the engine's rules. */
export const refusals = (template: Template | object): string[] => {
  engine ??= new CompositeEngine()
  const { diagnostics } = engine.validateTemplate(new TemplateContent(JSON.stringify(template)))
  return diagnostics
    .filter(({ ruleId, severity }) => severity === 'FATAL' || severity === 'ERROR' || refused.has(ruleId))
    .map(({ ruleId, message }) => `${ruleId}: ${message}`)
}
