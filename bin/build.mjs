import { runNode } from './node.mjs'

runNode([new URL('../src/build.ts', import.meta.url).pathname])
