-- Adds a customer to the owners of values, which are comma separated.
local owners = unpack(KEYS)
local args = cjson.decode(ARGV[1])

for _, value in ipairs(args.values) do
  local known = redis.call('HGET', owners, value)
  if not known then
    redis.call('HSET', owners, value, args.owner)
  elseif not string.find(',' .. known .. ',', ',' .. args.owner .. ',', 1, true) then
    redis.call('HSET', owners, value, known .. ',' .. args.owner)
  end
end
return 1
