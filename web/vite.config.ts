import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Builds the web app into dist/web: index.html, and files named by the hash of what they hold, kept for ever.
 * Nothing is inlined, because the Content-Security-Policy allows no inline script or style.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Phones of 2019 that still get browser updates, and iPads that stopped at iOS 15.
    target: ['chrome90', 'safari15', 'firefox91'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [react()],
})
