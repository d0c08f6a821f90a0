// Prints the test files that failed, a line each, from what `jest --json` wrote; nothing where more than three did, or
// where the run did not come to its end.
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')
const { testResults = [], wasInterrupted = true, numRuntimeErrorTestSuites = 0 } = text ? JSON.parse(text) : {}
const failed = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name)
if (!wasInterrupted && numRuntimeErrorTestSuites === 0 && failed.length > 0 && failed.length <= 3)
  console.log(failed.join('\n'))
