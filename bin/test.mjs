import { runNode } from './node.mjs'

runNode([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  new URL('../node_modules/jest/bin/jest.js', import.meta.url).pathname,
  ...process.argv.slice(2),
])
