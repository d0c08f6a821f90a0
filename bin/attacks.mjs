import { runNode } from './node.mjs'

runNode([new URL('../attacks/main.ts', import.meta.url).pathname, ...process.argv.slice(2)])
