// The Lua scripts that make each step of a customer's work atomic. They touch one customer's keys only (keys.ts), or
// those of one message.
import { script } from '../../lua-script.ts'

/**
 * KEYS claim changes; ARGV customer or '', milliseconds.
 * The first to tell of a message has it. Returns who that is, what is known of its edits (JSON or ''), and for how many
 * milliseconds more it is remembered.
 */
export const CLAIM = script(`
if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) end
return { redis.call('GET', KEYS[1]) or '', redis.call('HGET', KEYS[2], 'changed') or '', redis.call('PTTL', KEYS[1]) }
`)

/**
 * KEYS claim changes; ARGV edit or deletion (JSON), its order or '' for a deletion, milliseconds.
 * Keeps the newest edit of a message, or its deletion, for whoever is told of the message later. Returns who has it.
 */
export const TELL = script(`
local changed, order, keep = unpack(ARGV)
local before = redis.call('HGET', KEYS[2], 'order')
if not before or (before ~= '' and (order == '' or tonumber(order) >= tonumber(before))) then
  redis.call('HSET', KEYS[2], 'changed', changed, 'order', order)
end
redis.call('PEXPIRE', KEYS[2], keep)
return redis.call('GET', KEYS[1]) or ''
`)

/**
 * KEYS state mailbox seen history changes; ARGV event id, now, forget ids before, message id, what is known of its
 * edits or '', what is to be known or '', entry to push or '', then history events.
 * Takes a message in unless its event was seen; what was left of an erased customer stays from now on. Returns 1 if it is new, 0 if not, and -1 with nothing done if its edits
 * are not as they were read.
 */
export const RECEIVE = script(`
local id, now, forget, message, known, change, entry = unpack(ARGV, 1, 7)
if redis.call('ZSCORE', KEYS[3], id) then return 0 end
if (redis.call('HGET', KEYS[5], message) or '') ~= known then return -1 end
-- A script that fails is not undone: what is seen is kept by then.
if entry ~= '' then redis.call('RPUSH', KEYS[2], entry) end
redis.call('ZADD', KEYS[3], now, id)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', forget)
if redis.call('HDEL', KEYS[1], 'erased') == 1 then
  for _, at in ipairs({ 1, 3, 5 }) do redis.call('PERSIST', KEYS[at]) end
end
if change ~= '' then redis.call('HSET', KEYS[5], message, change) end
for at = 8, #ARGV do redis.call('RPUSH', KEYS[4], ARGV[at]) end
return 1
`)

/**
 * KEYS state mailbox seen history changes effects outbox; ARGV event id, now, forget ids before, message id, version,
 * length of the history, what is known of its edits or '', what is to be known, mailbox entry to replace or '', its
 * replacement or '' (then it is removed), case or '', purge at or '', number of history events, the events, id and JSON
 * of an announcement or two '', then id and history event of each effect to suppress if it has not begun.
 * Takes an edit or a deletion in unless it was seen. Changing a case or a message that still waits moves the version, so
 * that a turn in hand runs again. Returns 1 if it is new, 0 if not, and -1 with nothing done if anything is not as it
 * was read.
 */
export const CHANGE = script(`
local id, now, forget, message, version, length, known, change, old, new, case, purge, count = unpack(ARGV, 1, 13)
local state, mailbox, seen, history, changes, effects, outbox = unpack(KEYS)
if redis.call('ZSCORE', seen, id) then return 0 end
if (redis.call('HGET', state, 'version') or '0') ~= version then return -1 end
if redis.call('LLEN', history) ~= tonumber(length) then return -1 end
if (redis.call('HGET', changes, message) or '') ~= known then return -1 end
redis.call('ZADD', seen, now, id)
redis.call('ZREMRANGEBYSCORE', seen, '-inf', forget)
redis.call('HSET', changes, message, change)
if old ~= '' then
  if new == '' then
    redis.call('LREM', mailbox, 1, old)
  else
    local at = redis.call('LPOS', mailbox, old)
    if at then redis.call('LSET', mailbox, at, new) end
  end
end
if case ~= '' then redis.call('HSET', state, 'case', case) end
if old ~= '' or case ~= '' then redis.call('HINCRBY', state, 'version', 1) end
if purge ~= '' then
  local due = redis.call('HGET', state, 'purge')
  if not due or tonumber(due) > tonumber(purge) then redis.call('HSET', state, 'purge', purge) end
end
local at = 14
for _ = 1, tonumber(count) do
  redis.call('RPUSH', history, ARGV[at])
  at = at + 1
end
if ARGV[at] ~= '' then
  redis.call('HSET', effects, ARGV[at], ARGV[at + 1], ARGV[at] .. '/state', 'pending')
  redis.call('RPUSH', outbox, ARGV[at])
end
at = at + 2
while ARGV[at] do
  if redis.call('HGET', effects, ARGV[at] .. '/state') == 'pending' then
    redis.call('HSET', effects, ARGV[at] .. '/state', 'suppressed')
    redis.call('HDEL', effects, ARGV[at])
    for _, name in ipairs({ 'at', 'first', 'attempts', 'not-before', 'resent', 'failures', 'because' }) do
      redis.call('HDEL', effects, ARGV[at] .. '/' .. name)
    end
    redis.call('LREM', outbox, 1, ARGV[at])
    redis.call('RPUSH', history, ARGV[at + 1])
  end
  at = at + 2
end
return 1
`)

/**
 * KEYS state mailbox history effects outbox; ARGV version, epoch, messages taken, new epoch, owner, case, number of
 * events, the events, then id and JSON of each effect.
 * Commits one change of a case: mailbox, state, history and effects together, if version and epoch still hold.
 * Returns 1, or 0 and then nothing has happened.
 */
export const COMMIT = script(`
local version, epoch, taken, nextEpoch, owner, case, count = unpack(ARGV, 1, 7)
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= version then return 0 end
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= epoch then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'epoch', nextEpoch, 'owner', owner, 'case', case)
if tonumber(taken) > 0 then redis.call('LPOP', KEYS[2], taken) end
local at = 8
for _ = 1, tonumber(count) do
  redis.call('RPUSH', KEYS[3], ARGV[at])
  at = at + 1
end
while ARGV[at] do
  redis.call('HSET', KEYS[4], ARGV[at], ARGV[at + 1], ARGV[at] .. '/state', 'pending')
  redis.call('RPUSH', KEYS[5], ARGV[at])
  at = at + 2
end
return 1
`)
