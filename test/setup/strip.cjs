// Jest's transform: Node's own type stripping, so tests run the very bytes the service runs.
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const { stripTypeScriptTypes } = require('node:module')

const self = fs.readFileSync(__filename)

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, file) =>
    createHash('sha1').update(self).update(process.version).update(file).update(source).digest('hex'),
}
