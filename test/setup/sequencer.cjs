// The order of test files: those of the whole system first, since they take longest, and a long file that begins last
// keeps one core waiting.
const { default: Sequencer } = require('@jest/test-sequencer')

const isLong = ({ path }) => path.includes('/test/system/')

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests)
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))]
  }
}
