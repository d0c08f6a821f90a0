-- May this person be written to unprompted? Counts it if `claim`. Returns `granted`, or what is in the way: `thread`,
-- `person`, `day` or `opted-out`.
local optedOut, threads, day, person = unpack(KEYS)
local args = cjson.decode(ARGV[1])

if redis.call('SISMEMBER', optedOut, args.person) == 1 then return 'opted-out' end
local before = redis.call('HGET', threads, args.thread)
if before == args.message then return 'granted' end
if before then return 'thread' end
redis.call('ZREMRANGEBYSCORE', person, '-inf', tonumber(args.now) - tonumber(args.personMs))
if redis.call('ZCARD', person) >= tonumber(args.perPerson) then return 'person' end
if redis.call('SCARD', day) >= tonumber(args.perDay) then return 'day' end
if args.claim then
  redis.call('HSET', threads, args.thread, args.message)
  redis.call('SADD', day, args.message)
  redis.call('PEXPIRE', day, args.dayMs)
  redis.call('ZADD', person, args.now, args.message)
  redis.call('PEXPIRE', person, args.personMs)
end
return 'granted'
