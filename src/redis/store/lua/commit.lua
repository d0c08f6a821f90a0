-- Commits one change of a case: mailbox, state, history and effects together, if version and epoch still hold.
-- Returns 1, or 0 and then nothing has happened.
local state, mailbox, history, effects, outbox = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if (redis.call('HGET', state, 'version') or '0') ~= args.version then return 0 end
if (redis.call('HGET', state, 'epoch') or '0') ~= args.epoch then return 0 end
redis.call('HINCRBY', state, 'version', 1)
redis.call('HSET', state, 'epoch', args.nextEpoch, 'owner', args.owner, 'case', args.case)
if tonumber(args.taken) > 0 then redis.call('LPOP', mailbox, args.taken) end
for _, event in ipairs(args.events) do redis.call('RPUSH', history, event) end
for _, effect in ipairs(args.effects) do
  redis.call('HSET', effects, effect.id, effect.json, effect.id .. '/state', 'pending')
  redis.call('RPUSH', outbox, effect.id)
end
return 1
