// The Lua scripts that take things out of one customer's records (keys.ts).
import { script } from '../../lua-script.ts'

/**
 * KEYS state history changes effects; ARGV version, length of the history, case or '', number of rewritten events,
 * number of rewritten effects, number of gone messages, then index and JSON of each event, id and JSON of each effect,
 * and of each message its id, what is known of it and the event that says so.
 * Puts records in the place of others if nothing has changed since they were read. Returns 1, or 0 with nothing done.
 */
export const PURGE = script(`
local version, length, case, events, effects, messages = unpack(ARGV, 1, 6)
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= version then return 0 end
if redis.call('LLEN', KEYS[2]) ~= tonumber(length) then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
if case ~= '' then redis.call('HSET', KEYS[1], 'case', case) end
local at = 7
for _ = 1, tonumber(events) do
  redis.call('LSET', KEYS[2], ARGV[at], ARGV[at + 1])
  at = at + 2
end
for _ = 1, tonumber(effects) do
  if redis.call('HEXISTS', KEYS[4], ARGV[at]) == 1 then redis.call('HSET', KEYS[4], ARGV[at], ARGV[at + 1]) end
  at = at + 2
end
for _ = 1, tonumber(messages) do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  redis.call('RPUSH', KEYS[2], ARGV[at + 2])
  at = at + 3
end
return 1
`)

/**
 * KEYS state history; ARGV version, length of the history.
 * Notes that nothing is left to purge, if nothing has changed since that was seen. Returns 1, or 0.
 */
export const PURGED = script(`
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
if redis.call('LLEN', KEYS[2]) ~= tonumber(ARGV[2]) then return 0 end
redis.call('HDEL', KEYS[1], 'purge')
return 1
`)

/**
 * KEYS state mailbox seen history changes effects outbox; ARGV now, milliseconds for which ids are remembered, then
 * what has to hold, each or '' for whatever it is: version, length of the history, when the customer was erased before.
 * Removes all that is known of a customer. What is in hand for them can no longer be committed, and what a network
 * delivers again is not taken for new. Returns 1, or 0 with nothing done.
 */
export const ERASE = script(`
local state, mailbox, seen, history, changes, effects, outbox = unpack(KEYS)
local now, keep, expected, length, erased = unpack(ARGV)
local version = tonumber(redis.call('HGET', state, 'version') or '0')
if expected ~= '' and tostring(version) ~= expected then return 0 end
if length ~= '' and redis.call('LLEN', history) ~= tonumber(length) then return 0 end
if erased ~= '' and redis.call('HGET', state, 'erased') ~= erased then return 0 end
local epoch = tonumber(redis.call('HGET', state, 'epoch') or '0')
redis.call('DEL', state, mailbox, history, changes, effects, outbox)
redis.call('HSET', state, 'version', string.format('%.0f', version + 1), 'epoch', string.format('%.0f', epoch + 1), 'erased', now)
redis.call('PEXPIRE', state, keep)
redis.call('PEXPIRE', seen, keep)
return 1
`)

/**
 * KEYS state history changes effects; ARGV version, number of old history events, forget changes before, at most so
 * many changes or effects.
 * Drops what nobody asks for any more: old history, old changes, and how effects fared that are over; history says so.
 */
export const TIDY = script(`
local version, old, forget, most = unpack(ARGV)
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= version then return 0 end
if tonumber(old) > 0 then
  redis.call('LTRIM', KEYS[2], old, -1)
  redis.call('HINCRBY', KEYS[1], 'version', 1)
end
if redis.call('HLEN', KEYS[3]) > tonumber(most) then
  local all = redis.call('HGETALL', KEYS[3])
  for at = 1, #all, 2 do
    if cjson.decode(all[at + 1]).at < tonumber(forget) then redis.call('HDEL', KEYS[3], all[at]) end
  end
end
if redis.call('HLEN', KEYS[4]) > tonumber(most) then
  for _, field in ipairs(redis.call('HKEYS', KEYS[4])) do
    -- What is on its way or stuck has its JSON beside its state.
    local id = string.match(field, '^(.*)/state$')
    if id and redis.call('HEXISTS', KEYS[4], id) == 0 then redis.call('HDEL', KEYS[4], field) end
  end
end
return 1
`)
