-- We looked, and a doubtful effect is not there: it may be sent again. Returns 1, or 0 when somebody else was faster.
local effects, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
if redis.call('HGET', effects, id .. '/state') ~= 'started' then return 0 end
if (redis.call('HGET', effects, id .. '/attempts') or '0') ~= args.try then return 0 end
if redis.call('HGET', effects, id .. '/looks') ~= args.looks then return 0 end
redis.call('HSET', effects, id .. '/state', 'pending')
redis.call('HINCRBY', effects, id .. '/resent', 1)
redis.call('HDEL', effects, id .. '/not-before', id .. '/doubt', id .. '/looks', id .. '/ended')
redis.call('RPUSH', history, args.event)
return 1
