-- Notes a customer whose work is due, or that one who is noted is wanted again: that moves the score by a thousandth of a
-- millisecond. Returns the score from before, or now.
local due = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local before = redis.call('ZSCORE', due, args.customer)
if before then
  redis.call('ZINCRBY', due, '0.001', args.customer)
else
  redis.call('ZADD', due, args.now, args.customer)
end
return before or args.now
