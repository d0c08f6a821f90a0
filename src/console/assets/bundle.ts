// `node bundle.ts SOURCES FOLDER`: bundles the browser pages. Run by `ensureWebBuilt`.
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const [sources = '', outDir = ''] = process.argv.slice(2)

await build({
  configFile: false,
  root: sources,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: false,
    assetsDir: 'console/assets',
    // Inlined files would need more than `self` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(
        ['console', 'expert', 'playground'].map((page) => [page, join(sources, page, 'index.html')]),
      ),
    },
  },
})
