// Runs Jest: `npm test` leaves test/system out, `npm run test:system` runs it alone. Who names files gets them, wherever they are.
import { runNode } from './node.mjs'

const SYSTEM = '/test/system/'

const [isSystem, args] = process.argv[2] === '--system' ? [true, process.argv.slice(3)] : [false, process.argv.slice(2)]
const namesFiles = args.some((arg) => !arg.startsWith('-'))
const chosen = isSystem ? [`--testPathPatterns=${SYSTEM}`] : namesFiles ? [] : [`--testPathIgnorePatterns=${SYSTEM}`]

runNode([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  new URL('../node_modules/jest/bin/jest.js', import.meta.url).pathname,
  ...chosen,
  ...args,
])
