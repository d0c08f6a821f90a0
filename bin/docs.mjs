import { runNode } from './node.mjs'

runNode([new URL('../docs/generate.ts', import.meta.url).pathname, ...process.argv.slice(2)])
