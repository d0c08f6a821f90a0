// The command line `warmline`: checks and tries content, replays turns, looks into the outbox.
// Must not know HTTP, or how a part does its work.
export { runCommand } from './run.ts'
