// The web server and what all HTTP endpoints share: bodies, signatures, origins, limits, metrics.
// Must not know what an endpoint does.
export { type Body, openBodyReader } from './body.ts'
export type { Health } from './health.ts'
export { ProblemError, type ProblemStatus, sendProblemDetails } from './problem-details.ts'
export { limitedWarnings } from './rate-limited-log.ts'
export { checkSameSite, parse, readAddress, readCookie, readJson } from './request.ts'
export { isLoopback } from './request-guard.ts'
export { isSameOrigin, saysJson } from './same-origin.ts'
export { isSameSecret, isSigned, sign } from './signature.ts'
