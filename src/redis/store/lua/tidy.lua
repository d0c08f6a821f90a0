-- Drops what nobody asks for any more: the `old` first events of the history, and where there are more than `most`, old
-- changes and how effects fared that are over. Returns 1, or 0 with nothing done.
local state, history, changes, effects = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if (redis.call('HGET', state, 'version') or '0') ~= args.version then return 0 end
if tonumber(args.old) > 0 then
  redis.call('LTRIM', history, args.old, -1)
  redis.call('HINCRBY', state, 'version', 1)
end
if redis.call('HLEN', changes) > tonumber(args.most) then
  local all = redis.call('HGETALL', changes)
  for at = 1, #all, 2 do
    if cjson.decode(all[at + 1]).at < tonumber(args.forgetBefore) then redis.call('HDEL', changes, all[at]) end
  end
end
if redis.call('HLEN', effects) > tonumber(args.most) then
  for _, field in ipairs(redis.call('HKEYS', effects)) do
    -- What is on its way or stuck has its JSON beside its state.
    local id = string.match(field, '^(.*)/state$')
    if id and redis.call('HEXISTS', effects, id) == 0 then redis.call('HDEL', effects, field) end
  end
end
return 1
