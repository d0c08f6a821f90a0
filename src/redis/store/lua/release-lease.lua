-- Ends a lease, unless it ran out and somebody else has it by now.
local lease = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if redis.call('GET', lease) ~= args.token then return 0 end
return redis.call('DEL', lease)
