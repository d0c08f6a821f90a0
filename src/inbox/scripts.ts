// The Lua scripts that make each step of a customer's work atomic. They touch one customer's keys only (keys.ts).
import { script } from '#redis'

/**
 * KEYS state mailbox seen history; ARGV event id, now, forget ids before, entry to push or '', entry to replace or '',
 * its replacement or '' (then it is removed), history event.
 * Takes one event in unless its id was seen. Changing a message that still waits moves the case's version, so that a
 * turn in hand runs again. Returns 1 if the event is new.
 */
export const RECEIVE = script(`
local id, now, forget, entry, old, new, event = unpack(ARGV)
if redis.call('ZADD', KEYS[3], 'NX', now, id) == 0 then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', forget)
if entry ~= '' then redis.call('RPUSH', KEYS[2], entry) end
if old ~= '' then
  local at = redis.call('LPOS', KEYS[2], old)
  if at then
    if new ~= '' then redis.call('LSET', KEYS[2], at, new) else redis.call('LREM', KEYS[2], 1, old) end
    redis.call('HINCRBY', KEYS[1], 'version', 1)
  end
end
redis.call('RPUSH', KEYS[4], event)
return 1
`)

/**
 * KEYS state mailbox history effects outbox; ARGV version, epoch, messages taken, new epoch, owner, case, number of
 * events, the events, then id and JSON of each effect.
 * Commits one change of a case: mailbox, state, history and effects together, if version and epoch still hold.
 * Returns 1, or 0 and then nothing has happened.
 */
export const COMMIT = script(`
local version, epoch, taken, nextEpoch, owner, case, count = unpack(ARGV, 1, 7)
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= version then return 0 end
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= epoch then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'epoch', nextEpoch, 'owner', owner, 'case', case)
if tonumber(taken) > 0 then redis.call('LPOP', KEYS[2], taken) end
local at = 8
for _ = 1, tonumber(count) do
  redis.call('RPUSH', KEYS[3], ARGV[at])
  at = at + 1
end
while ARGV[at] do
  redis.call('HSET', KEYS[4], ARGV[at], ARGV[at + 1], ARGV[at] .. '/state', 'pending')
  redis.call('RPUSH', KEYS[5], ARGV[at])
  at = at + 2
end
return 1
`)
