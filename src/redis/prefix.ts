// The prefix of all keys of BullMQ.

/** All keys of BullMQ share this hash tag, so that one master of a Cluster holds them all. */
export const PREFIX = '{warmline}'
