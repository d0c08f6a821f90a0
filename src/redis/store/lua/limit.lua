-- A network takes no call for so long. A limit is only ever put off.
local limit = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if redis.call('PTTL', limit) < tonumber(args.forMs) then redis.call('SET', limit, '1', 'PX', args.forMs) end
return 1
