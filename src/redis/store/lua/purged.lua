-- Notes that nothing is left to purge, if nothing has changed since that was seen. Returns 1, or 0 with nothing done.
local state, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if (redis.call('HGET', state, 'version') or '0') ~= args.version then return 0 end
if redis.call('LLEN', history) ~= tonumber(args.length) then return 0 end
redis.call('HDEL', state, 'purge')
return 1
