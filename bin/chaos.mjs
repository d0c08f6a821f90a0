import { runNode } from './node.mjs'

runNode([new URL('../chaos/main.ts', import.meta.url).pathname, ...process.argv.slice(2)])
