import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import type { Template } from './template.ts'

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.optional(z.string()),
      dependencies: z.optional(z.array(z.string())),
      properties: z.optional(
        z.object({
          templateFile: z.optional(z.string()),
          stackName: z.optional(z.string()),
          file: z.optional(z.string()),
        }),
      ),
    }),
  ),
})

const Assets = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.optional(z.string()), packaging: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
})

export type Stack = { readonly name: string; readonly region: string; readonly template: Template }

/** A synthesized cloud assembly: its stacks, each after those it depends on, and the folders of its assets. */
export type Assembly = {
  readonly folder: string
  readonly stacks: readonly Stack[]
  /** The path of the asset that a deploy would upload as `objectKey`. Throws if there is none. */
  readonly assetOf: (objectKey: string) => string
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** Reads the assembly in `folder`. Throws if the folder holds none, or one with a nested assembly. */
export const readAssembly = (folder: string): Assembly => {
  const { artifacts } = z.parse(Manifest, json(join(folder, 'manifest.json')))
  const stacks: Stack[] = []
  const assets = new Map<string, string>()
  const seen = new Set<string>()

  const visit = (id: string): void => {
    const artifact = artifacts[id]
    if (!artifact || seen.has(id)) return
    seen.add(id)
    for (const need of artifact.dependencies ?? []) visit(need)
    const { type, environment = '', properties = {} } = artifact
    if (type === 'cdk:cloud-assembly') throw new Error(`The assembly contains a nested assembly, ${id}: not supported`)
    if (type === 'aws:cloudformation:stack' && properties.templateFile) {
      const template = json(join(folder, properties.templateFile)) as Template
      const region = environment.split('/').at(-1) ?? ''
      stacks.push({ name: properties.stackName ?? id, region, template })
    }
    if (type === 'cdk:asset-manifest' && properties.file)
      for (const { source, destinations } of Object.values(z.parse(Assets, json(join(folder, properties.file))).files))
        for (const { objectKey } of Object.values(destinations))
          assets.set(objectKey, resolve(folder, source.path ?? ''))
  }
  for (const id of Object.keys(artifacts)) visit(id)

  return {
    folder,
    stacks,
    assetOf: objectKey => {
      const path = assets.get(objectKey)
      if (!path) throw new Error(`The assembly has no asset ${objectKey}`)
      return path
    },
  }
}
