-- Gives up a stuck effect. Returns 1, or 0 if it is not stuck.

--- @include "effect-fields"
local effects, outbox, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
local state = redis.call('HGET', effects, id .. '/state')
if state ~= 'refused' and state ~= 'in-doubt' and state ~= 'poisoned' then return 0 end
redis.call('HSET', effects, id .. '/state', 'dropped')
redis.call('LREM', outbox, 0, id)
forget(effects, id)
redis.call('RPUSH', history, args.event)
return 1
