export { measure } from './length.ts'
export { look } from './look.ts'
export type { GateContext, GateFinding, GateVerdict } from './verdict.ts'
