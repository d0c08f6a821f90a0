// The Lua scripts of whose value is whose (others.ts). They touch one hash: owners, comma separated, by fingerprint.
import { script } from '../../lua-script.ts'

/** KEYS values; ARGV an owner, fingerprints. Adds the owner to each. */
export const OWN = script(`
for n = 2, #ARGV do
  local owners = redis.call('HGET', KEYS[1], ARGV[n])
  if not owners then redis.call('HSET', KEYS[1], ARGV[n], ARGV[1])
  elseif not string.find(',' .. owners .. ',', ',' .. ARGV[1] .. ',', 1, true) then
    redis.call('HSET', KEYS[1], ARGV[n], owners .. ',' .. ARGV[1])
  end
end
return 1
`)

/** KEYS values; ARGV an owner, fingerprints. Takes the owner out of each; one without any goes. */
export const DISOWN = script(`
for n = 2, #ARGV do
  local left = {}
  for owner in string.gmatch(redis.call('HGET', KEYS[1], ARGV[n]) or '', '[^,]+') do
    if owner ~= ARGV[1] then left[#left + 1] = owner end
  end
  if #left == 0 then redis.call('HDEL', KEYS[1], ARGV[n])
  else redis.call('HSET', KEYS[1], ARGV[n], table.concat(left, ',')) end
end
return 1
`)
