// Jest's Node environment with a plain global object. Behind the usual one, each mention of a global such as `Math` is
// looked up through an interceptor of Node's: loops that compute take ten times as long, and learning is such a loop.
const vm = require('node:vm')
const { TestEnvironment } = require('jest-environment-node')

module.exports = class PlainGlobals extends TestEnvironment {
  constructor(...given) {
    const { createContext } = vm
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(...given)
    } finally {
      vm.createContext = createContext
    }
  }
}
