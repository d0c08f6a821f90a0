// The Lua scripts of an effect's life. They touch one customer's keys only (#inbox keys).
import { script } from '#redis'

/**
 * KEYS state effects outbox history; ARGV effect id, epoch that it needs or '', may it be repeated after a lost
 * answer ('yes' | 'no'), now, history event if suppressed.
 * Marks an effect as started, unless its epoch has passed: then it is suppressed for good. Returns `go:` and the
 * number of tries, `suppressed`,
 * `wait:` and the milliseconds that the network asked for, `in-doubt` (it was started before and nobody knows how that
 * ended) or `gone` (it is finished).
 */
export const START = script(`
local id, epoch, repeatable, now, event = unpack(ARGV)
local state = redis.call('HGET', KEYS[2], id .. '/state')
if state ~= 'pending' and state ~= 'started' then
  redis.call('LREM', KEYS[3], 1, id)
  return 'gone'
end
if state == 'started' and repeatable == 'no' then return 'in-doubt' end
if epoch ~= '' and (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= epoch then
  if state == 'started' then return 'in-doubt' end
  redis.call('HSET', KEYS[2], id .. '/state', 'suppressed')
  redis.call('HDEL', KEYS[2], id)
  redis.call('LREM', KEYS[3], 1, id)
  redis.call('RPUSH', KEYS[4], event)
  return 'suppressed'
end
local notBefore = tonumber(redis.call('HGET', KEYS[2], id .. '/not-before') or '0')
if notBefore > tonumber(now) then return 'wait:' .. string.format('%.0f', notBefore - tonumber(now)) end
redis.call('HSET', KEYS[2], id .. '/state', 'started', id .. '/at', now)
return 'go:' .. redis.call('HINCRBY', KEYS[2], id .. '/attempts', 1)
`)

/**
 * KEYS effects outbox history; ARGV effect id, state, history event or '', for `pending` the time before which it
 * must not be tried again.
 * Records how an effect fares. `pending` leaves it in the outbox for another try; otherwise only its state is kept.
 */
export const FINISH = script(`
local id, state, event, notBefore = unpack(ARGV)
redis.call('HSET', KEYS[1], id .. '/state', state)
if state == 'pending' then
  redis.call('HSET', KEYS[1], id .. '/not-before', notBefore)
else
  redis.call('LREM', KEYS[2], 1, id)
  redis.call('HDEL', KEYS[1], id, id .. '/not-before')
end
if event ~= '' then redis.call('RPUSH', KEYS[3], event) end
return 1
`)
