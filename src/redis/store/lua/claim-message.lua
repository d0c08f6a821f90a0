-- The first to tell of a message has it. Returns who that is, what is known of its edits (JSON or ''), and for how many
-- milliseconds more it is remembered.
local claim, revision = unpack(KEYS)
local args = cjson.decode(ARGV[1])

redis.call('SET', claim, args.customer, 'NX', 'PX', args.keepMs)
return { redis.call('GET', claim) or '', redis.call('HGET', revision, 'changed') or '', redis.call('PTTL', claim) }
