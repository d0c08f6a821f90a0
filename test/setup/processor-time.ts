/** Milliseconds of processor time that this work takes, so that it does not matter how busy the machine is. */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
