-- Keeps the newest edit of a message, or its deletion (which has no order), for whoever is told of the message later.
-- Returns the customer who has the message, or ''.
local claim, revision = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local before = redis.call('HGET', revision, 'order')
local after = args.order or ''
if not before or (before ~= '' and (after == '' or tonumber(after) >= tonumber(before))) then
  redis.call('HSET', revision, 'changed', args.revision, 'order', after)
end
redis.call('PEXPIRE', revision, args.keepMs)
return redis.call('GET', claim) or ''
