// Loaded into a service of a test: measures the longest time that its main thread computed without a pause. Processor time
// of that thread is what counts, so that it does not matter how busy the machine is.
const MS = 1000
let longest = 0
let before = process.threadCpuUsage()

setInterval(() => {
  const { user, system } = process.threadCpuUsage()
  longest = Math.max(longest, (user + system - before.user - before.system) / MS)
  before = process.threadCpuUsage()
}, 1).unref()

process.on('message', () => {
  process.send?.(longest)
  longest = 0
})
process.channel?.unref()
