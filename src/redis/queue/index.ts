// Jobs: a queue with one worker a customer, and a scheduler. BullMQ.
// Must not know what a job does.
export { type JobAttempt, type KeyedQueue, openKeyedQueue, type QueueBacklog, type QueueTiming } from './keyed-queue.ts'
export { type JobHandler, openScheduler, type Scheduler } from './scheduler.ts'
