// Ends a run with the ten slowest files and one plain line, `N passed, N failed, N skipped`, that a person or a script can read.
const { relative } = require('node:path')

module.exports = class SummaryReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = results
    const files = testResults.map(({ perfStats, testFilePath }) => ({
      seconds: (perfStats.end - perfStats.start) / 1000,
      file: relative(process.cwd(), testFilePath),
    }))
    const slowest = files.sort((one, other) => other.seconds - one.seconds).slice(0, 10)
    const lines = slowest.map(({ seconds, file }) => `${seconds.toFixed(1).padStart(7)} s  ${file}\n`)
    const failed = numFailedTests || numFailedTestSuites
    process.stdout.write(`\nthe slowest files:\n${lines.join('')}`)
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped\n`)
  }
}
