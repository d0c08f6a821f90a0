-- Takes a customer out of the owners of values; a value without an owner goes.
local owners = unpack(KEYS)
local args = cjson.decode(ARGV[1])

for _, value in ipairs(args.values) do
  local left = {}
  for owner in string.gmatch(redis.call('HGET', owners, value) or '', '[^,]+') do
    if owner ~= args.owner then left[#left + 1] = owner end
  end
  if #left == 0 then
    redis.call('HDEL', owners, value)
  else
    redis.call('HSET', owners, value, table.concat(left, ','))
  end
end
return 1
