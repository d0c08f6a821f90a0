// Before the test files: what several of them need and nobody wants to wait for twice.
module.exports = async ({ nonFlagArgs = [] }) => {
  const wanted = /^test\/?$|app|browser|chaos|cli|console|content|redis|releases|service|system|turn|understanding/
  if (nonFlagArgs.length > 0 && !nonFlagArgs.some((pattern) => wanted.test(pattern))) return
  const { prepare } = await import('./prepare.ts')
  await prepare()
}
