// HTTP for all endpoints: bodies, webhook signatures, origins, problem documents, limits.
// Must not know what an endpoint does. `#http/server` is the server, `#http/metrics` the metrics.
export { type Body, openBodyReader } from './body.ts'
export type { Health } from './health.ts'
export { ProblemError, type ProblemStatus, sendProblemDetails } from './problem-details.ts'
export { limitedWarnings } from './rate-limited-log.ts'
export { checkSameSite, parse, readAddress, readCookie, readJson } from './request.ts'
export { isLoopback } from './request-guard.ts'
export { isSameOrigin, saysJson } from './same-origin.ts'
export { isSameSecret, isSigned, sign } from './signature.ts'
