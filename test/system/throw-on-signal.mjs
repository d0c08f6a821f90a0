// Preloaded by a test: throws what nobody catches when the process is told so.
process.on('SIGUSR2', () => {
  throw new Error('cannot read `my card is 4111 1111 1111 1111`')
})
