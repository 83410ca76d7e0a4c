import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Metric = { MetricStat?: { Metric: object; Period: number; Stat: string } }
type Resource = {
  DependsOn?: string | string[]
  Type: string
  Properties?: Record<string, unknown> & { Metrics?: Metric[] }
}
type Template = { Resources: Record<string, Resource> }

/** An alarm on an expression of several metrics becomes one on the first of them: MiniStack refuses expressions. */
const onOneMetric = ({ Metrics = [], ...kept }: NonNullable<Resource['Properties']>) => {
  const stat = Metrics.find(one => one.MetricStat)?.MetricStat
  if (!stat) throw new Error('an alarm has metrics of which none is one')
  return { ...kept, ...stat.Metric, Period: stat.Period, Statistic: stat.Stat }
}

type Statement = { Effect: string; Condition?: { Bool?: Record<string, string> } }

/** A queue's policy without the demand of TLS: MiniStack takes S3's own message to the queue for one over plain HTTP. */
const withoutTls = (properties: NonNullable<Resource['Properties']>) => {
  const { PolicyDocument } = properties as { PolicyDocument?: { Statement: Statement[] } }
  if (!PolicyDocument) throw new Error('a queue’s policy has no document')
  const isTls = ({ Effect, Condition }: Statement) =>
    Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false'
  const kept = PolicyDocument.Statement.filter(one => !isTls(one))
  return kept.length > 0 ? { ...properties, PolicyDocument: { ...PolicyDocument, Statement: kept } } : properties
}

/** Types of resources that MiniStack refuses the whole template for. Nothing else refers to them. */
const unknownTypes: ReadonlySet<string> = new Set(['AWS::GuardDuty::MalwareProtectionPlan'])

/**
 * Rewrites, in the assembly that is about to be deployed to the emulator, what the emulator refuses and nothing that is
 * driven depends on. The project's stacks stay as they are.
 * @returns the names of what was rewritten.
 */
export const adaptAssembly = async (assembly: string): Promise<string[]> => {
  const names: string[] = []
  for (const file of (await readdir(assembly)).filter(name => name.endsWith('.template.json'))) {
    const path = join(assembly, file)
    const template = JSON.parse(await readFile(path, 'utf8')) as Template
    const unknown = Object.keys(template.Resources).filter(name =>
      unknownTypes.has(template.Resources[name]?.Type ?? ''),
    )
    for (const name of unknown) delete template.Resources[name]
    if (JSON.stringify(template).includes(`"${unknown[0]}"`)) throw new Error(`${unknown[0]} is referred to`)
    for (const [name, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::SQS::QueuePolicy' && Properties)
        template.Resources[name] = { ...template.Resources[name], Type, Properties: withoutTls(Properties) }
      if (Type !== 'AWS::CloudWatch::Alarm' || !Properties?.Metrics) continue
      template.Resources[name] = { ...template.Resources[name], Type, Properties: onOneMetric(Properties) }
      names.push(String(Properties.AlarmName ?? name))
    }
    await writeFile(path, JSON.stringify(template))
  }
  return names
}
