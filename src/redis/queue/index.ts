// Jobs: a queue with one worker a customer, and a scheduler. BullMQ.
// Must not know what a job does.
export { type Backlog, type CustomerQueue, openCustomerQueue, type Try } from './keyed-queue.ts'
export { type Clock, openClock, type Ring } from './scheduler.ts'
