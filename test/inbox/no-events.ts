import type { InboxEvents } from '#inbox'

const nothing = async () => {}

/** For an inbox beside which nobody answers, and whose every echo is Warmline's own. */
export const NO_EVENTS: InboxEvents = {
  echo: async () => true,
  agentSpokeElsewhere: nothing,
  agentLeftElsewhere: nothing,
}
