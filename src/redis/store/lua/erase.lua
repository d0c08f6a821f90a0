-- Removes all that is known of a customer. What is in hand for them can no longer be committed, and what a network
-- delivers again is not taken for new. `version`, `length` of the history and `erased` (when the customer was erased
-- before) have to be as they were read, where they are given. Returns 1, or 0 with nothing done.
local state, mailbox, seen, history, changes, effects, outbox = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local version = tonumber(redis.call('HGET', state, 'version') or '0')
if args.version and tostring(version) ~= args.version then return 0 end
if args.length and redis.call('LLEN', history) ~= tonumber(args.length) then return 0 end
if args.erased and redis.call('HGET', state, 'erased') ~= args.erased then return 0 end
local epoch = tonumber(redis.call('HGET', state, 'epoch') or '0')
redis.call('DEL', state, mailbox, history, changes, effects, outbox)
redis.call('HSET', state, 'version', string.format('%.0f', version + 1), 'epoch', string.format('%.0f', epoch + 1), 'erased', args.now)
redis.call('PEXPIRE', state, args.keepMs)
redis.call('PEXPIRE', seen, args.keepMs)
return 1
