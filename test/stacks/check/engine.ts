import { createRequire } from 'node:module'
import type { Template } from './template.ts'

type Finding = { readonly ruleId: string; readonly severity: string; readonly message: string }
type Engine = { readonly validateTemplate: (template: object) => { readonly diagnostics: readonly Finding[] } }

// The engine is bundled inside aws-cdk-lib: the one that validates at synth, not another version.
const inside = createRequire(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'))
const { CompositeEngine, TemplateContent } = inside('@aws/cloudformation-validate') as {
  CompositeEngine: new () => Engine
  TemplateContent: new (text: string) => object
}

/** "Value not in allowed enum" is but a warning to the engine; CloudFormation refuses it. */
const refused = new Set(['W3030'])

let engine: Engine | undefined

/** What CloudFormation would refuse of a template, by the resources' schemas and the engine's rules. */
export const refusals = (template: Template | object): string[] => {
  engine ??= new CompositeEngine()
  const { diagnostics } = engine.validateTemplate(new TemplateContent(JSON.stringify(template)))
  return diagnostics
    .filter(({ ruleId, severity }) => severity === 'FATAL' || severity === 'ERROR' || refused.has(ruleId))
    .map(({ ruleId, message }) => `${ruleId}: ${message}`)
}
