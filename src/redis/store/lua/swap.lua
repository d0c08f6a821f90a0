-- Changes strings if all of them are as they were read, and notes it in a list of the newest `most` entries. The keys of
-- the strings follow the named one, in the order of `swaps`; a string that is not there is read as ''.
-- Returns 1, or 0 with nothing done.
local audit = unpack(KEYS)
local args = cjson.decode(ARGV[1])

for at, swap in ipairs(args.swaps) do
  if (redis.call('GET', KEYS[at + 1]) or '') ~= swap.before then return 0 end
end
for at, swap in ipairs(args.swaps) do redis.call('SET', KEYS[at + 1], swap.after) end
if args.entry then
  redis.call('LPUSH', audit, args.entry)
  redis.call('LTRIM', audit, 0, args.most - 1)
end
return 1
