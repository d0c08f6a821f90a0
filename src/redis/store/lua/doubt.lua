-- Notes that nobody knows whether a started effect was carried out: the answer of `try` was lost. `over`: its call has
-- certainly ended. Returns 1, or 0 when it is no longer started.
local effects, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
if redis.call('HGET', effects, id .. '/state') ~= 'started' then return 0 end
if (redis.call('HGET', effects, id .. '/attempts') or '0') ~= args.try then return 0 end
redis.call('HSET', effects, id .. '/doubt', args.why, id .. '/not-before', args.notBefore, id .. '/looks', args.looks)
if args.over then redis.call('HSET', effects, id .. '/ended', '1') end
if args.event then redis.call('RPUSH', history, args.event) end
return 1
