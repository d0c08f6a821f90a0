export { type Clock, openClock, type Ring } from './clock.ts'
export {
  type Connections,
  connectRedis,
  type Redis,
  type RedisAddress,
  Unavailable,
  UnsafeRedis,
  withinDeadline,
} from './connect.ts'
export { type Backlog, type CustomerQueue, framesOf, openCustomerQueue, type Try } from './customer-queue.ts'
export { type EmbeddedRedis, startEmbeddedRedis } from './embedded.ts'
export { NoRedis } from './find-server.ts'
export { runScript, type Script, script } from './script.ts'
