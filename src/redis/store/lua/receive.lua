-- Takes a message in unless its event was seen; what was left of an erased customer stays from now on.
-- Returns 1 if it is new, 0 if not, and -1 with nothing done if its edits are not as they were read.
local state, mailbox, seen, history, changes = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if redis.call('ZSCORE', seen, args.id) then return 0 end
if (redis.call('HGET', changes, args.message) or '') ~= args.known then return -1 end
-- A script that fails is not undone: what is seen is kept by then.
if args.pending then redis.call('RPUSH', mailbox, args.pending) end
redis.call('ZADD', seen, args.now, args.id)
redis.call('ZREMRANGEBYSCORE', seen, '-inf', args.forgetBefore)
if redis.call('HDEL', state, 'erased') == 1 then
  for _, key in ipairs({ state, seen, changes }) do redis.call('PERSIST', key) end
end
if args.change then redis.call('HSET', changes, args.message, args.change) end
for _, event in ipairs(args.events) do redis.call('RPUSH', history, event) end
return 1
