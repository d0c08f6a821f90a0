-- The network has shown an effect that was begun: whatever we thought of it, it was sent. Where the network does not name
-- the effect, and only the words are the same, one that certainly did not arrive is left alone.
-- Returns the state it had, or '' when this is no news.

--- @include "effect-fields"
local effects, outbox, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
local state = redis.call('HGET', effects, id .. '/state')
local begun = state == 'started' or state == 'in-doubt'
if state == 'pending' or state == 'refused' or state == 'poisoned' then
  local unsure = tonumber(redis.call('HGET', effects, id .. '/resent') or '0') > 0
  begun = redis.call('HEXISTS', effects, id .. '/first') == 1 and (args.named or unsure)
end
if not begun then return '' end
redis.call('HSET', effects, id .. '/state', 'sent')
redis.call('LREM', outbox, 1, id)
forget(effects, id)
redis.call('RPUSH', history, args.event)
return state
