import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { territoryNamed } from '../../lib/named-territory.ts'
import { root } from '../../lib/platform/root.ts'
import { TerritoryStack } from '../../lib/territory-stack.ts'
import { builtAssembly } from '../support/built.ts'

const folder = mkdtempSync(join(tmpdir(), 'preau-'))
/** Synthesizes a territory with one language, whose web app is another build than that of the built assemblies. */
beforeAll(() => {
  const app = new App({
    outdir: folder,
    context: JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context,
  })
  new TerritoryStack(app, { ...territoryNamed('demo'), languages: ['en'] })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The files that a cloud assembly publishes to the site's bucket. */
const published = (assembled: string) => {
  const site = join(assembled, 'publisher/site')
  const read = (file: string) => readFileSync(join(site, file), 'utf8')
  return {
    page: read('index.html'),
    manifest: JSON.parse(read('manifest.webmanifest')),
    scripts: globSync('assets/*.js', { cwd: site }).map(read).join('\n'),
  }
}

describe('the languages of a territory', () => {
  it('are those of its web app’s texts, with the first one as default', () => {
    const { page, manifest, scripts } = published(builtAssembly('demo'))
    expect(page).toContain('<html lang="fr">')
    expect(manifest).toMatchObject({ lang: 'fr', description: 'L’espace numérique de votre établissement' })
    expect(scripts).toContain('Se connecter')
    expect(scripts).toContain('Forgotten your password?')
  })

  it('are the only ones in its web app’s texts and manifest', () => {
    const { page, manifest, scripts } = published(folder)
    expect(page).toContain('<html lang="en">')
    expect(manifest).toMatchObject({ lang: 'en', description: 'Your school’s digital workspace' })
    expect(scripts).toContain('Forgotten your password?')
    expect(scripts).not.toContain('Se connecter')
  })
})
