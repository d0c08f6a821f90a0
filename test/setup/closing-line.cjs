// Ends a run with one plain line, `N passed, N failed, N skipped`, that a person or a script can read.
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = results
    const failed = numFailedTests || numFailedTestSuites
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped\n`)
  }
}
