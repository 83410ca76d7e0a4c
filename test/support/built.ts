import { join } from 'node:path'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folders of cloud assemblies, by the territory's name. Provided by setup-built.ts, to the project `built` only. */
    assemblies: Readonly<Record<string, string>>
  }
}

/** The folder of a territory's cloud assembly, which the global setup synthesized before the first test. */
export const builtAssembly = (territory = 'demo'): string => {
  const assemblies = inject('assemblies')
  if (!assemblies)
    throw new Error('only tests of the project "built" have assemblies: list this file in vitest.config.ts')
  const folder = assemblies[territory]
  if (!folder)
    throw new Error(`no assembly of ${territory}: lib/territories.ts has ${Object.keys(assemblies).join(', ')}`)
  return folder
}

/** The folder of the web app of a territory, as its assembly publishes it. */
export const builtSite = (territory = 'demo'): string => join(builtAssembly(territory), 'publisher/site')
