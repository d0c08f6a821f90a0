-- Takes an edit or a deletion in unless it was seen. Changing a case or a message that still waits moves the version, so
-- that a turn in hand runs again. Effects of `moot` are suppressed if they have not begun.
-- Returns 1 if it is new, 0 if not, and -1 with nothing done if anything is not as it was read.

--- @include "effect-fields"
local state, mailbox, seen, history, changes, effects, outbox = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if redis.call('ZSCORE', seen, args.id) then return 0 end
if (redis.call('HGET', state, 'version') or '0') ~= args.version then return -1 end
if redis.call('LLEN', history) ~= tonumber(args.length) then return -1 end
if (redis.call('HGET', changes, args.message) or '') ~= args.known then return -1 end
redis.call('ZADD', seen, args.now, args.id)
redis.call('ZREMRANGEBYSCORE', seen, '-inf', args.forgetBefore)
redis.call('HSET', changes, args.message, args.change)
if args.pending then
  if args.pendingAfter then
    local at = redis.call('LPOS', mailbox, args.pending)
    if at then redis.call('LSET', mailbox, at, args.pendingAfter) end
  else
    redis.call('LREM', mailbox, 1, args.pending)
  end
end
if args.case then redis.call('HSET', state, 'case', args.case) end
if args.pending or args.case then redis.call('HINCRBY', state, 'version', 1) end
if args.purgeAt then
  local due = redis.call('HGET', state, 'purge')
  if not due or tonumber(due) > tonumber(args.purgeAt) then redis.call('HSET', state, 'purge', args.purgeAt) end
end
for _, event in ipairs(args.events) do redis.call('RPUSH', history, event) end
for _, effect in ipairs(args.effects) do
  redis.call('HSET', effects, effect.id, effect.json, effect.id .. '/state', 'pending')
  redis.call('RPUSH', outbox, effect.id)
end
for _, effect in ipairs(args.moot) do
  if redis.call('HGET', effects, effect.id .. '/state') == 'pending' then
    redis.call('HSET', effects, effect.id .. '/state', 'suppressed')
    forget(effects, effect.id)
    redis.call('LREM', outbox, 1, effect.id)
    redis.call('RPUSH', history, effect.event)
  end
end
return 1
