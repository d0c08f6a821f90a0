-- Records how an effect fares. `pending` leaves it in the outbox for another try, not before `notBefore`; a stuck one,
-- which has a `because`, keeps its JSON; of all others only the state is kept. `try`: the latest try that whoever says so
-- knows of, if that matters. Returns 1, or 0 and then nothing has happened: somebody else was faster.

--- @include "effect-fields"
local effects, outbox, history = unpack(KEYS)
local args = cjson.decode(ARGV[1])

local id = args.id
local before = redis.call('HGET', effects, id .. '/state')
if before ~= 'started' and before ~= 'pending' then return 0 end
if args.try and (redis.call('HGET', effects, id .. '/attempts') or '0') ~= args.try then return 0 end
redis.call('HSET', effects, id .. '/state', args.state)
if args.state == 'pending' then
  redis.call('HSET', effects, id .. '/not-before', args.notBefore, id .. '/because', args.because or '')
else
  redis.call('LREM', outbox, 1, id)
  if args.because then
    redis.call('HSET', effects, id .. '/because', args.because, id .. '/since', args.now)
    redis.call('HDEL', effects, id .. '/not-before', id .. '/doubt', id .. '/looks', id .. '/ended')
  else
    forget(effects, id)
  end
end
if args.event then redis.call('RPUSH', history, args.event) end
return 1
