// A Redis server of our own for a first try: finds, starts and watches `redis-server`.
// Must not know what is stored.
export { type EmbeddedRedis, embeddedAddress, startEmbeddedRedis } from './embedded.ts'
export { NoRedis } from './find-server.ts'
