-- An operator wants a stuck effect tried again. Returns `again`, `suppressed` (a person has taken over since) or `not`
-- (it is not stuck).

--- @include "effect-fields"
local state, effects, outbox, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
local now = redis.call('HGET', effects, id .. '/state')
if now ~= 'refused' and now ~= 'in-doubt' and now ~= 'poisoned' then return 'not' end
if redis.call('HEXISTS', effects, id) == 0 then return 'not' end
if args.epoch and (redis.call('HGET', state, 'epoch') or '0') ~= args.epoch then
  redis.call('HSET', effects, id .. '/state', 'suppressed')
  forget(effects, id)
  redis.call('RPUSH', history, args.suppressed)
  return 'suppressed'
end
if now == 'in-doubt' then redis.call('HINCRBY', effects, id .. '/resent', 1) end
redis.call('HSET', effects, id .. '/tries-from', redis.call('HGET', effects, id .. '/attempts') or '0')
for _, name in ipairs({ 'failures', 'newer', 'not-before', 'because', 'since' }) do
  redis.call('HDEL', effects, id .. '/' .. name)
end
redis.call('HSET', effects, id .. '/state', 'pending')
redis.call('RPUSH', outbox, id)
redis.call('RPUSH', history, args.again)
return 'again'
