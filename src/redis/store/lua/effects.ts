// The Lua scripts of an effect's life. They touch one customer's keys only (#inbox keys). Beside an effect's JSON, under
// `<id>`, its hash keeps `<id>/state` and:
//   at, first      when it was last and first started
//   attempts       how often it was started; who finishes it must name the number, for a lock is no fence
//   tries-from     the attempts before an operator wanted it tried again; newer: since when it waits for newer code
//   not-before     before this it is left alone
//   doubt          why nobody knows whether it was carried out; looks: how often we looked; ended: the call is over
//   resent         how often it was sent again because it was not there
//   failures       how often carrying it out broke
//   because        why it waits or is stuck; since: since when it is stuck
import { script } from '../../lua-script.ts'

/**
 * KEYS state effects outbox history; ARGV effect id, epoch that it needs or '', may it be repeated after a lost
 * answer ('yes' | 'no'), now, history event if suppressed, milliseconds for which the network takes none.
 * Gives leave to send, unless the effect's epoch has passed: then it is suppressed for good. Returns `gone` (it is
 * finished), `suppressed`, or a word and, after colons, the number of the latest try, repetitions, when it was first
 * started, the tries before an operator's, and more: `go`; `wait` or `limited` (the network takes none) and
 * milliseconds; `started` (it was begun, and nobody has noted how that ended); or `doubt` (it is time to look) and the
 * looks so far.
 */
export const START = script(`
local id, epoch, repeatable, now, event, limit = unpack(ARGV)
local function field(name) return redis.call('HGET', KEYS[2], id .. '/' .. name) end
local state = field('state')
if state ~= 'pending' and state ~= 'started' then
  redis.call('LREM', KEYS[3], 1, id)
  return 'gone'
end
local passed = epoch ~= '' and (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= epoch
local wait = tonumber(field('not-before') or '0') - tonumber(now)
local function told(type, more)
  local first = field('first') or field('at') or '0'
  local parts = {type, field('attempts') or '0', field('resent') or '0', first, field('tries-from') or '0', more}
  return table.concat(parts, ':')
end
if state == 'started' and (repeatable == 'no' or passed) then
  if not field('doubt') then return told('started') end
  if wait > 0 then return told('wait', string.format('%.0f', wait)) end
  return told('doubt', field('looks') or '0')
end
if passed then
  redis.call('HSET', KEYS[2], id .. '/state', 'suppressed')
  redis.call('HDEL', KEYS[2], id)
  redis.call('LREM', KEYS[3], 1, id)
  redis.call('RPUSH', KEYS[4], event)
  return 'suppressed'
end
if tonumber(limit) > 0 then return told('limited', string.format('%.0f', math.max(wait, tonumber(limit)))) end
if wait > 0 then return told('wait', string.format('%.0f', wait)) end
redis.call('HSET', KEYS[2], id .. '/state', 'started', id .. '/at', now)
redis.call('HSETNX', KEYS[2], id .. '/first', now)
redis.call('HDEL', KEYS[2], id .. '/doubt', id .. '/looks', id .. '/ended')
redis.call('HINCRBY', KEYS[2], id .. '/attempts', 1)
return told('go')
`)

const FORGET = `
local function forget(key, id)
  for _, name in ipairs({'at', 'first', 'attempts', 'tries-from', 'newer', 'not-before', 'doubt', 'looks', 'ended', 'resent', 'failures', 'because', 'since'}) do
    redis.call('HDEL', key, id .. '/' .. name)
  end
  redis.call('HDEL', key, id)
end`

/**
 * KEYS effects outbox history; ARGV effect id, state, history event or '', for `pending` the time before which it
 * must not be tried again, the latest try known to whoever says so or '' (whichever it was), why it waits or is stuck
 * or '', now.
 * Records how an effect fares. `pending` leaves it in the outbox for another try; a stuck one keeps its JSON; of all
 * others only the state is kept. Returns 1, or 0 and then nothing has happened: somebody else was faster.
 */
export const FINISH = script(`${FORGET}
local id, state, event, notBefore, try, because, now = unpack(ARGV)
local before = redis.call('HGET', KEYS[1], id .. '/state')
if before ~= 'started' and before ~= 'pending' then return 0 end
if try ~= '' and (redis.call('HGET', KEYS[1], id .. '/attempts') or '0') ~= try then return 0 end
redis.call('HSET', KEYS[1], id .. '/state', state)
if state == 'pending' then
  redis.call('HSET', KEYS[1], id .. '/not-before', notBefore, id .. '/because', because)
else
  redis.call('LREM', KEYS[2], 1, id)
  if because ~= '' then
    redis.call('HSET', KEYS[1], id .. '/because', because, id .. '/since', now)
    redis.call('HDEL', KEYS[1], id .. '/not-before', id .. '/doubt', id .. '/looks', id .. '/ended')
  else
    forget(KEYS[1], id)
  end
end
if event ~= '' then redis.call('RPUSH', KEYS[3], event) end
return 1
`)

/**
 * KEYS effects history; ARGV effect id, the try whose answer was lost, why, when to look next,
 * looks so far, whether the call is certainly over ('yes' | 'no'), history event or ''.
 * Notes that nobody knows whether a started effect was carried out. Returns 1, or 0 when it is no longer started.
 */
export const DOUBT = script(`
local id, try, why, notBefore, looks, over, event = unpack(ARGV)
if redis.call('HGET', KEYS[1], id .. '/state') ~= 'started' then return 0 end
if (redis.call('HGET', KEYS[1], id .. '/attempts') or '0') ~= try then return 0 end
redis.call('HSET', KEYS[1], id .. '/doubt', why, id .. '/not-before', notBefore, id .. '/looks', looks)
if over == 'yes' then redis.call('HSET', KEYS[1], id .. '/ended', '1') end
if event ~= '' then redis.call('RPUSH', KEYS[2], event) end
return 1
`)

/**
 * KEYS effects history; ARGV effect id, the latest try, looks so far, history event.
 * We looked, and a doubtful effect is not there: it may be sent again. Returns 1, or 0 when somebody else was faster.
 */
export const RESEND = script(`
local id, try, looks, event = unpack(ARGV)
if redis.call('HGET', KEYS[1], id .. '/state') ~= 'started' then return 0 end
if (redis.call('HGET', KEYS[1], id .. '/attempts') or '0') ~= try then return 0 end
if redis.call('HGET', KEYS[1], id .. '/looks') ~= looks then return 0 end
redis.call('HSET', KEYS[1], id .. '/state', 'pending')
redis.call('HINCRBY', KEYS[1], id .. '/resent', 1)
redis.call('HDEL', KEYS[1], id .. '/not-before', id .. '/doubt', id .. '/looks', id .. '/ended')
redis.call('RPUSH', KEYS[2], event)
return 1
`)

/**
 * KEYS effects outbox history; ARGV effect id, history event, whether the network names the effect ('yes' | 'no').
 * The network has shown an effect that was begun: whatever we thought of it, it was sent. Where only the words are the
 * same, one that certainly did not arrive is left alone. Returns the state it had, or '' when this is no news.
 */
export const ECHO = script(`${FORGET}
local id, event, named = unpack(ARGV)
local state = redis.call('HGET', KEYS[1], id .. '/state')
local begun = state == 'started' or state == 'in-doubt'
if state == 'pending' or state == 'refused' or state == 'poisoned' then
  local unsure = tonumber(redis.call('HGET', KEYS[1], id .. '/resent') or '0') > 0
  begun = redis.call('HEXISTS', KEYS[1], id .. '/first') == 1 and (named == 'yes' or unsure)
end
if not begun then return '' end
redis.call('HSET', KEYS[1], id .. '/state', 'sent')
redis.call('LREM', KEYS[2], 1, id)
forget(KEYS[1], id)
redis.call('RPUSH', KEYS[3], event)
return state
`)

/**
 * KEYS state effects outbox history; ARGV effect id, epoch that it needs or '', history event if it is tried again,
 * history event if suppressed.
 * An operator wants a stuck effect tried again. Returns `again`, `suppressed` (a person has taken over since) or `not`
 * (it is not stuck).
 */
export const RETRY = script(`${FORGET}
local id, epoch, again, suppressed = unpack(ARGV)
local state = redis.call('HGET', KEYS[2], id .. '/state')
if state ~= 'refused' and state ~= 'in-doubt' and state ~= 'poisoned' then return 'not' end
if redis.call('HEXISTS', KEYS[2], id) == 0 then return 'not' end
local present = redis.call('HGET', KEYS[1], 'epoch') or '0'
if epoch ~= '' and present ~= epoch then
  redis.call('HSET', KEYS[2], id .. '/state', 'suppressed')
  forget(KEYS[2], id)
  redis.call('RPUSH', KEYS[4], suppressed)
  return 'suppressed'
end
if state == 'in-doubt' then redis.call('HINCRBY', KEYS[2], id .. '/resent', 1) end
redis.call('HSET', KEYS[2], id .. '/tries-from', redis.call('HGET', KEYS[2], id .. '/attempts') or '0')
for _, name in ipairs({'failures', 'newer', 'not-before', 'because', 'since'}) do
  redis.call('HDEL', KEYS[2], id .. '/' .. name)
end
redis.call('HSET', KEYS[2], id .. '/state', 'pending')
redis.call('RPUSH', KEYS[3], id)
redis.call('RPUSH', KEYS[4], again)
return 'again'
`)

/** KEYS effects outbox history; ARGV effect id, history event. Gives up a stuck effect; returns 1, or 0 if it is none. */
export const DROP = script(`${FORGET}
local id, event = unpack(ARGV)
local state = redis.call('HGET', KEYS[1], id .. '/state')
if state ~= 'refused' and state ~= 'in-doubt' and state ~= 'poisoned' then return 0 end
redis.call('HSET', KEYS[1], id .. '/state', 'dropped')
redis.call('LREM', KEYS[2], 0, id)
forget(KEYS[1], id)
redis.call('RPUSH', KEYS[3], event)
return 1
`)
