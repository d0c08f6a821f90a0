-- The one list of what the hash of effects holds of an effect beside its JSON, under `<id>`, and `<id>/state`.
local FIELDS = {
  'at', -- when it was last started
  'first', -- when it was first started
  'attempts', -- how often it was started; who finishes it must name the number, for a lock is no fence
  'tries-from', -- the attempts before an operator wanted it tried again
  'newer', -- since when it waits for newer code
  'not-before', -- before this it is left alone
  'doubt', -- why nobody knows whether it was carried out
  'looks', -- how often we looked for it at the network
  'ended', -- the call is over
  'resent', -- how often it was sent again because it was not there
  'failures', -- how often carrying it out broke
  'because', -- why it waits or is stuck
  'since', -- since when it is stuck
}

-- Leaves nothing of an effect but its state.
local function forget(effects, id)
  local gone = { id }
  for at, name in ipairs(FIELDS) do gone[at + 1] = id .. '/' .. name end
  redis.call('HDEL', effects, unpack(gone))
end
