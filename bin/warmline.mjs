#!/usr/bin/env node
import { runNode } from './node.mjs'

runNode([new URL('../src/cli/main.ts', import.meta.url).pathname, ...process.argv.slice(2)])
