-- Puts records in the place of others if nothing has changed since they were read, and says in the history which messages
-- are gone. Returns 1, or 0 with nothing done.
local state, history, changes, effects = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if (redis.call('HGET', state, 'version') or '0') ~= args.version then return 0 end
if redis.call('LLEN', history) ~= tonumber(args.length) then return 0 end
redis.call('HINCRBY', state, 'version', 1)
if args.case then redis.call('HSET', state, 'case', args.case) end
for _, event in ipairs(args.events) do redis.call('LSET', history, event.index, event.json) end
for _, effect in ipairs(args.effects) do
  if redis.call('HEXISTS', effects, effect.id) == 1 then redis.call('HSET', effects, effect.id, effect.json) end
end
for _, message in ipairs(args.messages) do
  redis.call('HSET', changes, message.id, message.change)
  redis.call('RPUSH', history, message.event)
end
return 1
