import { readAssembly } from '../../../lib/local/assembly.ts'

type Origin = { readonly Id: string; readonly OriginShield?: { readonly Enabled?: boolean } }

const resourcesOf = (assembly: string) =>
  readAssembly(assembly).stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources).map(([id, resource]) => ({ ...resource, id, stack: name })),
  )

/** The name of the boards' bucket: the local region names buckets by their stack and logical id. */
export const boardsBucket = (assembly: string): string => {
  const found = resourcesOf(assembly).find(({ Type, id }) => Type === 'AWS::S3::Bucket' && id.startsWith('Boards'))
  if (!found) throw new Error('the assembly has no bucket for boards')
  return `${found.stack}-${found.id}`.toLowerCase()
}

/** Whether requests for boards pass Origin Shield. */
export const isShielded = (assembly: string): boolean => {
  const found = resourcesOf(assembly).find(({ Type }) => Type === 'AWS::CloudFront::Distribution')
  const { DistributionConfig } = (found?.Properties ?? {}) as {
    readonly DistributionConfig?: { readonly Origins?: readonly Origin[] }
  }
  const origin = DistributionConfig?.Origins?.find(({ Id }) => Id === 'boards')
  if (!origin) throw new Error('the assembly has no origin for boards')
  return origin.OriginShield?.Enabled === true
}
