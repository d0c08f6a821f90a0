-- Takes a member out of a sorted set unless its score is another by now. Returns how many went.
local set = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local score = redis.call('ZSCORE', set, args.member)
if not score or tonumber(score) ~= tonumber(args.score) then return 0 end
return redis.call('ZREM', set, args.member)
