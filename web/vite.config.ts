import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { texts } from './app/texts.ts'
import { catalogues } from './platform/catalogues.plugin.ts'
import { contracts } from './platform/contracts.plugin.ts'
import { offeredLanguages } from './platform/offered.ts'
import { privateFields } from './platform/private-fields.plugin.ts'

const languages = offeredLanguages(process.env.VITE_LANGUAGES)
const [language] = languages

/** Hash of the schemas of the API's replies: a cache that a device stored with other schemas is not restored. */
const schemas = globSync('../shared/*/{contract,*-routes,shapes,imports}.ts', { cwd: import.meta.dirname })
  .sort()
  .reduce((hash, file) => hash.update(readFileSync(join(import.meta.dirname, file))), createHash('sha256'))
  .digest('base64url')
  .slice(0, 8)

/** The modules that one file is to hold, by their paths below web/; of others, their whole paths. */
const group = (name: string, paths: RegExp) => ({
  name,
  test: (id: string) => paths.test(id.replace(`${import.meta.dirname}/`, '')),
})

/**
 * Builds the web app into dist/web: index.html, and files named by the hash of their content, cached for ever.
 * Nothing is inlined, because the Content-Security-Policy allows no inline script or style. lib/platform/web-build.ts
 * tells of the territory: VITE_LANGUAGES (`fr,en`, its default first), VITE_TERRITORY, VITE_TERRITORY_NAME,
 * VITE_TIME_ZONE, VITE_CONFORMITY, VITE_ABOUT (JSON), VITE_ERASED_AFTER (months).
 */
export default defineConfig({
  root: import.meta.dirname,
  define: { 'import.meta.env.VITE_CONTRACTS': JSON.stringify(schemas) },
  // React itself has useSyncExternalStore since version 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim.*/, replacement: 'react' }] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Phones of 2019 that still get browser updates, and iPads that stopped at iOS 15. Syntax is written for them,
    // light-dark() included; test/web/platform/built.test.ts proves it. For Chrome 90, which has a defect in `?.`, each one
    // would be written out: 1.2 KB of a first visit.
    target: ['chrome91', 'safari15', 'firefox91'],
    assetsInlineLimit: 0,
    // One style sheet: it is small, and one request.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Schemas that the browser does not use (contracts.plugin.ts) go with their modules, which only declare.
      treeshake: { moduleSideEffects: [{ test: /\/shared\/[a-z]+\//, sideEffects: false }] },
      output: {
        codeSplitting: {
          // A group takes what its modules import along, but for what a group of a higher priority takes. Few files: each
          // is paid for at every first visit.
          groups: [
            // Cached by browsers from one version of the app to the next.
            group('react', /node_modules\/(react|react-dom|scheduler)\//),
            // The entry and sign-in.
            group('app', /^(app\/main|session\/(sign-in|writes))\.tsx?$/),
            // Home's screen and the features' blocks (web/<feature>/home.tsx), which are always loaded together.
            group('home', /^(home\/\w+-screen|\w+\/home)\.tsx$/),
            // What several further screens share.
            { ...group('parts', /^(ui|platform|news\/data)\/|^news\/[a-z-]+\.tsx?$|@tanstack/), minShareCount: 2 },
            // A folder of a feature is loaded as a whole.
            group('markdown', /^news\/text\//),
            // With the identification by the edge, which a device needs that has nothing but a cookie.
            group('news', /^news\/((article|home|list|years)\/|news-screen)|^platform\/boards\/reader/),
            group('directory', /^directory\/(?!sheet)/),
            group('work', /^work\/(?!set\/)/),
            group('set', /^work\/set\//),
            group('documents', /^documents\//),
            group('passkeys', /@simplewebauthn\//),
            // Draws PDFs that were handed in, where they are written on or read.
            group('pdf', /pdfjs-dist/),
            ...['about', 'news/compose', 'news/published', 'session/activation', 'session/account'].map(folder =>
              group(basename(folder), new RegExp(`^${folder}/`)),
            ),
          ].map((one, at, all) => ({ ...one, priority: all.length - at })),
        },
      },
    },
  },
  plugins: [
    catalogues(languages),
    contracts(),
    privateFields(),
    { name: 'preau-language', transformIndexHtml: html => html.replace('lang="fr"', `lang="${language}"`) },
    react(),
    VitePWA({
      // web/app/service-worker.ts registers it: the plugin would do so by an inline script.
      injectRegister: false,
      registerType: 'prompt',
      includeAssets: [],
      // The system fetches them where the app is installed.
      includeManifestIcons: false,
      workbox: {
        globPatterns: ['index.html', 'assets/*.{js,css}', 'assets/{*latin-wght-normal,plain-zero}*.woff2', 'mark.svg'],
        // Of no use without a network: activating and looking after an account, the second step of a sign-in with what
        // passkeys need, the directory with its codes, setting work, writing news and following who has read them, PDFs.
        globIgnores: [
          'assets/{account,activation,compose,directory,passkeys,pdf,pdfjs,published,second-step,set,sheet}-*.js',
          'assets/pdf.worker*.js',
        ],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api\//, /^\/boards\//, /^\/media\//],
        // One file: the worker imports no other script.
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
      manifest: {
        id: '/',
        name: 'Préau',
        short_name: 'Préau',
        description: texts.byLanguage[language]['app.description'],
        lang: language,
        start_url: '/',
        display: 'standalone',
        background_color: '#fbfaf7',
        theme_color: '#0b6b5d',
        icons: [
          { src: '/mark.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          // The drawings as a browser shows them in that size, for systems that take no SVG.
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/mark-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
    }),
  ],
})
