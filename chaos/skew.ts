// Loaded before the service (`node --import`): a clock that is put forward and back by ten minutes, one step each time
// the process gets SIGUSR2.

const MINUTE = 60_000
const OFFSETS = [0, 10 * MINUTE, 0, -10 * MINUTE]

const Real = globalThis.Date
let step = 0
const now = () => Real.now() + (OFFSETS[step % OFFSETS.length] ?? 0)

globalThis.Date = new Proxy(Real, {
  construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [now()], self),
  get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
})
process.on('SIGUSR2', () => {
  step++
})
