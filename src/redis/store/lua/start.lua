-- Gives leave to send, unless the effect's epoch has passed: then it is suppressed for good. Returns `gone` (it is
-- finished), `suppressed`, or a word and, after colons, the number of the latest try, repetitions, when it was first
-- started, the tries before an operator's, and more: `go`; `wait` or `limited` (the network takes none) and
-- milliseconds; `started` (it was begun, and nobody has noted how that ended); or `doubt` (it is time to look) and the
-- looks so far.

--- @include "effect-fields"
local state, effects, outbox, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
local function field(name) return redis.call('HGET', effects, id .. '/' .. name) end
local now = field('state')
if now ~= 'pending' and now ~= 'started' then
  redis.call('LREM', outbox, 1, id)
  return 'gone'
end
local passed = args.epoch and (redis.call('HGET', state, 'epoch') or '0') ~= args.epoch
local wait = tonumber(field('not-before') or '0') - tonumber(args.now)
local function told(type, more)
  local first = field('first') or field('at') or '0'
  local parts = { type, field('attempts') or '0', field('resent') or '0', first, field('tries-from') or '0', more }
  return table.concat(parts, ':')
end
if now == 'started' and (passed or not args.repeatable) then
  if not field('doubt') then return told('started') end
  if wait > 0 then return told('wait', string.format('%.0f', wait)) end
  return told('doubt', field('looks') or '0')
end
if passed then
  redis.call('HSET', effects, id .. '/state', 'suppressed')
  forget(effects, id)
  redis.call('LREM', outbox, 1, id)
  redis.call('RPUSH', history, args.suppressed)
  return 'suppressed'
end
local limit = tonumber(args.limitMs)
if limit > 0 then return told('limited', string.format('%.0f', math.max(wait, limit))) end
if wait > 0 then return told('wait', string.format('%.0f', wait)) end
redis.call('HSET', effects, id .. '/state', 'started', id .. '/at', args.now)
redis.call('HSETNX', effects, id .. '/first', args.now)
redis.call('HDEL', effects, id .. '/doubt', id .. '/looks', id .. '/ended')
redis.call('HINCRBY', effects, id .. '/attempts', 1)
return told('go')
