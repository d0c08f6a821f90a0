// Everything that is stored, and the one place where a key, a channel or a stream of Redis is spelled.
// `npm run docs` makes docs/reference/redis-keys.md from this table. Stored names never change: old data has to open.
import type { CustomerId } from '#domain'

type StoredType =
  | 'string'
  | 'counter'
  | 'hash'
  | 'list'
  | 'set'
  | 'sorted set'
  | 'stream'
  | 'channel'
  | 'queue of BullMQ'

export type KeyDescription = {
  readonly type: StoredType
  /** What removes it. `for ever`: nothing does. */
  readonly life: string
  /** Files of src/ whose code writes it. */
  readonly writers: readonly string[]
  readonly purpose: string
}

type Parameters<A extends readonly string[]> = { readonly [I in keyof A]: string }

/** What makes a key, with its description. `pattern`: the key with a name in capitals for each of its parameters. */
export type StoredKey<A extends readonly string[] = readonly string[]> = KeyDescription & {
  (...values: A): string
  readonly pattern: string
}

function key<const A extends readonly string[]>(
  parameters: A,
  make: (...values: Parameters<A>) => string,
  description: KeyDescription,
): StoredKey<Parameters<A>> {
  return Object.assign((...values: Parameters<A>) => make(...values), {
    ...description,
    pattern: make(...(parameters as unknown as Parameters<A>)),
  })
}

const part = encodeURIComponent

/** The braces are the hash tag of Redis Cluster: one server has all of a customer's keys, and one script may touch them. */
const ofCustomer = (customer: CustomerId) => `warmline:{${part(customer)}}`
const claimKey = (account: string, message: string) => `warmline:event:${part(account)}:${part(message)}`

/** All keys of BullMQ share this hash tag, so that one master of a Cluster holds them all. */
export const BULLMQ_PREFIX = '{warmline}'
export const QUEUES = { turns: 'turns', effects: 'effects', clock: 'clock' } as const

const ofQueue = (queue: string, what: string) => `warmline:${what}:${queue}`
const ofOutreach = (what: string) => `warmline:{approaches}:${what}`
const ofRelease = (what: string) => `{warmline:release}:${what}`

const CUSTOMER_LIFE = 'the customer is erased, or quiet for `WARMLINE_RETENTION_DAYS`'
const STORE = 'redis/store/customer-store.ts'
const EFFECTS = 'redis/store/effect-store.ts'
const LIMITS = 'redis/store/rate-limits.ts'
const PRINTS = 'redis/store/fingerprint-index.ts'
const CAPS = 'redis/store/contact-caps.ts'
const BUDGET = 'redis/store/token-budget.ts'
const KEYED_QUEUE = 'redis/queue/keyed-queue.ts'
const SCHEDULER = 'redis/queue/scheduler.ts'
const WORKER = 'redis/queue/bullmq-worker.ts'
const RECEIVE = 'inbox/receive.ts'
const EDITS = 'inbox/edits.ts'
const OWN_MESSAGE = 'inbox/own-message.ts'
const MONITOR = 'inbox/brand-monitor.ts'
const CARRY_EFFECT = 'outbox/carry-effect.ts'
const DEAD_LETTERS = 'outbox/dead-letters.ts'
const LINK = 'outbox/link-identity.ts'
const PLATFORM_IDS = 'outbox/platform-ids.ts'
const TICKETS = 'handoff/ticket-queue.ts'
const ASSIGNMENT = 'handoff/assignment.ts'
const EXPERTS = 'handoff/expert-links.ts'
const DRAFTS = 'console/reply-drafts.ts'
const VIEWERS = 'console/viewers.ts'
const PAUSES = 'handoff/bot-pause.ts'
const NOTIFICATIONS = 'handoff/notifications.ts'
const ACCOUNTS = 'console/auth/accounts.ts'
const PRESENCE = 'console/presence.ts'
const SESSIONS = 'console/auth/sessions.ts'
const THROTTLE = 'console/auth/login-throttle.ts'
const VERSIONS = 'releases/version-store.ts'
const ROLLOUTS = 'releases/rollout-metrics.ts'
const RECORDINGS = 'releases/simulator/turn-recordings.ts'
const RETENTION = 'retention/retention.ts'
const RETIRE_CUSTOMER = 'retention/retire-customer.ts'
const ERASE_CUSTOMER = 'retention/erase-customer.ts'
const PURGE = 'retention/purge.ts'
const RECEIPTS = 'retention/erasure-log.ts'
const CHANNELS = 'app/channels.ts'
const PLAYGROUND = 'channels/playground/store.ts'

/** All that belongs to one customer; every script of a customer touches these keys alone. */
const CUSTOMER = {
  state: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:case`, {
    type: 'hash',
    life: `${CUSTOMER_LIFE}; \`version\`, \`epoch\` and \`erased\` stay 8 days longer`,
    writers: [STORE, EDITS, RECEIVE, PURGE, RETENTION, RETIRE_CUSTOMER, ERASE_CUSTOMER],
    purpose:
      'The case: `case` (JSON), `owner` (`bot`, an e-mail, or the ticket that its own is merged into), `version` (moves with every change), `epoch` (moves with every change of owner), `purge` and `retire` (when that is due), `erased` (since when nobody is known here); times in milliseconds',
  }),
  mailbox: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:mailbox`, {
    type: 'list',
    life: 'the turn that takes its messages is committed',
    writers: [RECEIVE, EDITS, STORE],
    purpose: 'Messages that no turn has taken yet (JSON), oldest first',
  }),
  seen: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:seen`, {
    type: 'sorted set',
    life: 'an id: 8 days',
    writers: [RECEIVE, EDITS],
    purpose: 'Ids of events by the time they came: what a network delivers again is dropped',
  }),
  history: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:history`, {
    type: 'list',
    life: `${CUSTOMER_LIFE}; an event: as long`,
    writers: [STORE, EFFECTS, RECEIVE, EDITS, PURGE, RETIRE_CUSTOMER, ERASE_CUSTOMER, DEAD_LETTERS],
    purpose: 'All that happened (JSON events), oldest first',
  }),
  changes: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:changes`, {
    type: 'hash',
    life: `${CUSTOMER_LIFE}; of more than 1,000 the old ones go after 8 days`,
    writers: [RECEIVE, EDITS, PURGE, RETIRE_CUSTOMER, ERASE_CUSTOMER],
    purpose: 'By message id: the newest edit, or the deletion (JSON)',
  }),
  effects: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:effects`, {
    type: 'hash',
    life: `an effect that is over keeps its state alone; ${CUSTOMER_LIFE}`,
    writers: [STORE, EFFECTS, EDITS, PURGE, RETIRE_CUSTOMER, ERASE_CUSTOMER, DEAD_LETTERS],
    purpose: 'What is to be sent or announced: JSON under `ID`, how it fares under `ID/state`, `ID/attempts` and more',
  }),
  values: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:values`, {
    type: 'set',
    life: 'the message that has the value, or the customer, is erased',
    writers: [PRINTS],
    purpose: 'Fingerprints of the private values that the customer told: what has to leave the index with them',
  }),
  outbox: key(['CUSTOMER'], (customer) => `${ofCustomer(customer)}:outbox`, {
    type: 'list',
    life: 'the effects in it are over or stuck',
    writers: [STORE, EFFECTS, EDITS, ERASE_CUSTOMER, DEAD_LETTERS],
    purpose: 'Ids of the effects that are not finished, in sending order',
  }),
}

export const KEYS = {
  customer: CUSTOMER,

  identity: {
    alias: key(['CUSTOMER'], (customer) => `warmline:alias:${part(customer)}`, {
      type: 'string',
      life: 'the customer is erased',
      writers: [STORE, LINK],
      purpose: 'The customer whom a private identity belongs to: the commenter behind a private thread',
    }),
  },

  message: {
    claim: key(['ACCOUNT', 'MESSAGE'], claimKey, {
      type: 'string',
      life: '`WARMLINE_RETENTION_DAYS`, or the message is erased',
      writers: [RECEIVE],
      purpose: 'The customer whose mailbox a message went to: a network may tell of it twice and name its author once',
    }),
    revision: key(['ACCOUNT', 'MESSAGE'], (account, message) => `{${claimKey(account, message)}}:changes`, {
      type: 'hash',
      life: '8 days',
      writers: [EDITS],
      purpose:
        'The newest edit of a message, or its deletion, that came before the message; in one slot with its claim',
    }),
    repliers: key(['CONVERSATION'], (conversation) => `warmline:answering:${part(conversation)}`, {
      type: 'set',
      life: '2 days after the last reply',
      writers: [CARRY_EFFECT],
      purpose: 'Customers to whom we have begun to reply in a public conversation: an echo may name none of them',
    }),
    lastAuthor: key(['CONVERSATION'], (conversation) => `warmline:last-author:${part(conversation)}`, {
      type: 'string',
      life: '30 days',
      writers: [OWN_MESSAGE],
      purpose: 'Who wrote last in a public conversation, and which message that answers (JSON)',
    }),
    ignored: key([], () => 'warmline:ignored', {
      type: 'stream',
      life: 'the newest 10,000 or so stay',
      writers: [RECEIVE],
      purpose: 'What came in and was ignored: channel, kind, id, reason, time; no text',
    }),
  },

  effect: {
    customer: key(['EFFECT'], (effect) => `warmline:effect:${part(effect)}`, {
      type: 'string',
      life: '2 days',
      writers: [CARRY_EFFECT],
      purpose: 'The customer of an effect: an echo names the effect, and a recipient whom we may not know yet',
    }),
    platformId: key(['CHANNEL', 'ID'], (channel, id) => `warmline:made:${channel}:${part(id)}`, {
      type: 'string',
      life: '7 days',
      writers: [PLATFORM_IDS],
      purpose: 'The effect that the network gave this id to',
    }),
    stuck: key([], () => 'warmline:outbox:stuck', {
      type: 'sorted set',
      life: 'an operator retries or drops it, or its customer is erased',
      writers: [DEAD_LETTERS],
      purpose: 'Dead letters: ids of effects that wait for an operator, by since when',
    }),
    stuckCustomers: key([], () => 'warmline:outbox:stuck:where', {
      type: 'hash',
      life: 'as the set above',
      writers: [DEAD_LETTERS],
      purpose: 'The customer of each dead letter',
    }),
  },

  limit: {
    account: key(['CHANNEL', 'ACCOUNT'], (channel, account) => `warmline:limit:${channel}:${part(account)}`, {
      type: 'string',
      life: 'as long as the network takes no call, at most 24 hours',
      writers: [LIMITS],
      purpose: 'There while a network limits all calls of an account',
    }),
    kind: key(
      ['CHANNEL', 'ACCOUNT', 'KIND'],
      (channel, account, kind) => `warmline:limit:${channel}:${part(account)}:${kind}`,
      {
        type: 'string',
        life: 'as long as the network takes no such call, at most 24 hours',
        writers: [LIMITS],
        purpose: 'There while a network limits one kind of call: `public`, `private`, `hide`, `look` or `search`',
      },
    ),
    modelTokens: key(['DAY'], (day) => `warmline:model:tokens:${day}`, {
      type: 'counter',
      life: '2 days',
      writers: [BUDGET],
      purpose: 'Tokens of the language model that all processes used on a day (UTC)',
    }),
  },

  fingerprint: {
    owners: key([], () => 'warmline:values', {
      type: 'hash',
      life: 'an entry: its last owner no longer has the value',
      writers: [PRINTS],
      purpose: 'By the fingerprint of a private value: fingerprints of the customers who told it, comma separated',
    }),
    secret: key([], () => 'warmline:values:key', {
      type: 'string',
      life: 'for ever',
      writers: [PRINTS],
      purpose: 'The secret that all fingerprints are keyed with; made once',
    }),
  },

  outreach: {
    threads: key([], () => ofOutreach('threads'), {
      type: 'hash',
      life: 'for ever',
      writers: [CAPS],
      purpose: 'By thread: the message that the one unprompted reply answered; both as hashes',
    }),
    optedOut: key([], () => ofOutreach('opted-out'), {
      type: 'set',
      life: 'for ever: it outlives the erasure of the customer',
      writers: [CAPS],
      purpose: 'Hashes of customers who asked not to be written to',
    }),
    day: key(['DAY'], (day) => ofOutreach(`day:${day}`), {
      type: 'set',
      life: '3 days',
      writers: [CAPS],
      purpose: 'Messages that got an unprompted reply on a day, for the cap `per-day`',
    }),
    person: key(['PERSON'], (person) => ofOutreach(`person:${person}`), {
      type: 'sorted set',
      life: '`person-days` of the brand',
      writers: [CAPS],
      purpose: 'Unprompted replies to a person by time, for the cap `per-person`',
    }),
    search: key(['CHANNEL'], (channel) => `warmline:search:${channel}`, {
      type: 'hash',
      life: 'for ever',
      writers: [MONITOR],
      purpose: 'How far a network was searched for mentions: `newest` (id of a post) and `at` (milliseconds)',
    }),
    searching: key(['CHANNEL'], (channel) => `warmline:search:${channel}:turn`, {
      type: 'string',
      life: 'half the time between two searches',
      writers: [MONITOR],
      purpose: 'A lease: one process searches',
    }),
  },

  queue: {
    turns: key([], () => `${BULLMQ_PREFIX}:${QUEUES.turns}`, {
      type: 'queue of BullMQ',
      life: 'a job: it is done; 1,000 failed ones stay',
      writers: [KEYED_QUEUE],
      purpose: 'A turn is due: one job a customer',
    }),
    effects: key([], () => `${BULLMQ_PREFIX}:${QUEUES.effects}`, {
      type: 'queue of BullMQ',
      life: 'a job: it is done; 1,000 failed ones stay',
      writers: [KEYED_QUEUE],
      purpose: 'The outbox of a customer has something to send: one job a customer',
    }),
    clock: key([], () => `${BULLMQ_PREFIX}:${QUEUES.clock}`, {
      type: 'queue of BullMQ',
      life: 'a job: it is done; 1,000 failed ones stay',
      writers: [SCHEDULER],
      purpose: 'Delayed jobs: timers of tickets, erasure, searches for mentions',
    }),
    marker: key(['QUEUE'], (queue) => `${BULLMQ_PREFIX}:${queue}:marker`, {
      type: 'sorted set',
      life: 'a worker takes it',
      writers: [WORKER],
      purpose: "BullMQ's own: wakes a worker. Written after Redis came back",
    }),
    due: key(['QUEUE'], (queue) => ofQueue(queue, 'due'), {
      type: 'sorted set',
      life: 'a customer: nothing is left to do for them',
      writers: [KEYED_QUEUE],
      purpose: 'Customers by when their work is or was due; who waits here without a job gets one by the sweep',
    }),
    stuck: key(['QUEUE'], (queue) => ofQueue(queue, 'stuck'), {
      type: 'sorted set',
      life: 'a customer: a job of theirs succeeds',
      writers: [KEYED_QUEUE],
      purpose: 'Customers whose jobs keep failing, by when to try again',
    }),
    first: key(['QUEUE'], (queue) => ofQueue(queue, 'first'), {
      type: 'set',
      life: 'a customer: nothing is left to do for them',
      writers: [KEYED_QUEUE],
      purpose: 'Customers who go before others',
    }),
    wanted: key(['QUEUE'], (queue) => ofQueue(queue, 'wanted'), {
      type: 'set',
      life: 'a customer: nothing is left to do for them',
      writers: [KEYED_QUEUE],
      purpose: 'Customers who were wanted at once while a job of theirs ran',
    }),
  },

  ticket: {
    customers: key([], () => 'warmline:tickets', {
      type: 'hash',
      life: 'a ticket: its customer is erased',
      writers: [TICKETS],
      purpose: 'The customer of each ticket',
    }),
    open: key([], () => 'warmline:tickets:open', {
      type: 'sorted set',
      life: 'a ticket: it is resolved',
      writers: [TICKETS],
      purpose: 'Tickets that are not resolved, by priority and then age',
    }),
    waiting: key([], () => 'warmline:tickets:waiting', {
      type: 'sorted set',
      life: 'a ticket: it is claimed or resolved',
      writers: [TICKETS],
      purpose: 'Tickets that nobody holds, by priority and then age',
    }),
    claimed: key([], () => 'warmline:tickets:claimed', {
      type: 'sorted set',
      life: 'a ticket: it is released or resolved',
      writers: [TICKETS],
      purpose: 'Tickets that somebody holds, by priority and then age',
    }),
    resolved: key([], () => 'warmline:tickets:resolved', {
      type: 'sorted set',
      life: 'a ticket: its customer is erased',
      writers: [TICKETS],
      purpose: 'Resolved tickets by when they ended',
    }),
    narrowed: key(['STATE', 'FACETS'], (state, facets) => `warmline:tickets:${state}?${facets}`, {
      type: 'sorted set',
      life: 'as the list of the state',
      writers: [TICKETS],
      purpose:
        'Tickets of a state by team, channel and language, for each choice of these (`team=care&channel=x`), and by tag (`tag=late-delivery`)',
    }),
    due: key([], () => 'warmline:tickets:due', {
      type: 'sorted set',
      life: 'a ticket: it is answered or resolved',
      writers: [TICKETS],
      purpose: 'Tickets that wait for an answer, by when it is due',
    }),
    dueOf: key(['TEAM'], (team) => `warmline:tickets:due?team=${part(team)}`, {
      type: 'sorted set',
      life: 'a ticket: it is answered or resolved',
      writers: [TICKETS],
      purpose: 'Tickets of a team that wait for an answer, by when it is due',
    }),
    places: key([], () => 'warmline:tickets:places', {
      type: 'hash',
      life: 'a ticket: its customer is erased',
      writers: [TICKETS],
      purpose: 'The lists that each ticket is in (JSON)',
    }),
    alike: key(['FINGERPRINT'], (print) => `warmline:tickets:alike:${print}`, {
      type: 'set',
      life: 'a ticket: it is resolved, merged, or its customer is erased',
      writers: [TICKETS],
      purpose: 'Open tickets that share a value, an account or words, by a keyed hash of it: likely duplicates',
    }),
    marks: key([], () => 'warmline:tickets:marks', {
      type: 'hash',
      life: 'a ticket: it is resolved, merged, or its customer is erased',
      writers: [TICKETS],
      purpose: 'The fingerprints under which each ticket is found (JSON)',
    }),
    assigning: key([], () => 'warmline:tickets:assigning', {
      type: 'string',
      life: '60 seconds, or the round is over',
      writers: ['redis/store/lease.ts'],
      purpose: 'A lease: one process assigns tickets',
    }),
    assignmentsAsked: key([], () => 'warmline:tickets:assignments-asked', {
      type: 'counter',
      life: 'for ever',
      writers: [ASSIGNMENT],
      purpose: 'How often something changed after which tickets may be assigned',
    }),
    assignedAt: key([], () => 'warmline:tickets:assigned-at', {
      type: 'hash',
      life: 'for ever',
      writers: [ASSIGNMENT],
      purpose: 'By e-mail: when somebody was assigned a ticket last',
    }),
    heldBy: key(['E-MAIL'], (owner) => `warmline:tickets:owner:${owner}`, {
      type: 'sorted set',
      life: 'a ticket: it is released or resolved',
      writers: [TICKETS],
      purpose: 'Tickets that an agent holds',
    }),
    snoozed: key([], () => 'warmline:tickets:snoozed', {
      type: 'sorted set',
      life: 'a ticket: its time has come, the customer writes, or it is resolved',
      writers: [TICKETS],
      purpose: 'Tickets that are put aside, by until when',
    }),
    snoozedBy: key(['E-MAIL'], (owner) => `warmline:tickets:snoozed:${owner}`, {
      type: 'sorted set',
      life: 'as the list above',
      writers: [TICKETS],
      purpose: 'Tickets that an agent has put aside',
    }),
    holders: key([], () => 'warmline:tickets:holders', {
      type: 'hash',
      life: 'a ticket: it is released or resolved',
      writers: [TICKETS],
      purpose: 'Who holds each ticket',
    }),
    indexes: key([], () => 'warmline:tickets:indexes', {
      type: 'string',
      life: 'for ever',
      writers: [TICKETS],
      purpose: '`4` once the lists above are complete; earlier versions had fewer of them',
    }),
    number: key([], () => 'warmline:ticket-number', {
      type: 'counter',
      life: 'for ever',
      writers: [TICKETS],
      purpose: 'The number of the newest ticket, from 1000',
    }),
    changed: key([], () => 'warmline:desk', {
      type: 'channel',
      life: 'not stored',
      writers: [TICKETS],
      purpose: 'Tells every process which ticket changed (JSON)',
    }),
    drafts: key(['TICKET'], (ticket) => `warmline:drafts:${ticket}`, {
      type: 'hash',
      life: '30 days after the last change, or the customer is erased',
      writers: [DRAFTS],
      purpose: 'What agents typed and did not send: text under `public E-MAIL`, `private E-MAIL`, `note E-MAIL`',
    }),
    draftChanged: key([], () => 'warmline:drafts', {
      type: 'channel',
      life: 'not stored',
      writers: [DRAFTS],
      purpose: "Tells an agent's other tabs that a draft changed (JSON without its text)",
    }),
    viewers: key(['TICKET'], (ticket) => `warmline:viewers:${ticket}`, {
      type: 'hash',
      life: '45 seconds after a page last said that it shows the ticket',
      writers: [VIEWERS],
      purpose: 'Who looks at a ticket, by page: e-mail, name, where they type, until when that holds (JSON)',
    }),
    viewersChanged: key([], () => 'warmline:viewers', {
      type: 'channel',
      life: 'not stored',
      writers: [VIEWERS],
      purpose: 'Tells every process who looks at a ticket (JSON)',
    }),
  },

  bot: {
    pauses: key([], () => 'warmline:bot:pauses', {
      type: 'hash',
      life: 'a pause: somebody resumes the bot there, or the customer is erased',
      writers: [PAUSES],
      purpose:
        'Where people have paused the bot: `everywhere`, `channel:NAME` or `customer:CUSTOMER`, with who, why and when (JSON)',
    }),
    pausesChanged: key([], () => 'warmline:bot:pauses:changed', {
      type: 'channel',
      life: 'not stored',
      writers: [PAUSES],
      purpose: 'Tells every process that a pause began or ended',
    }),
  },

  release: {
    state: key([], () => ofRelease('state'), {
      type: 'string',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'What is released, and the rollout in progress (JSON)',
    }),
    audit: key([], () => ofRelease('audit'), {
      type: 'list',
      life: 'the newest 1,000 stay',
      writers: [VERSIONS],
      purpose: 'Who did what (JSON), newest first',
    }),
    drafts: key([], () => ofRelease('drafts'), {
      type: 'sorted set',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'Ids of drafts by time',
    }),
    versions: key([], () => ofRelease('versions'), {
      type: 'sorted set',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'Names of versions by time',
    }),
    draft: key(['DRAFT'], (id) => ofRelease(`draft:${id}`), {
      type: 'string',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'A draft of content (JSON)',
    }),
    metrics: key(['ROLLOUT'], (rollout) => ofRelease(`figures:${rollout}`), {
      type: 'hash',
      life: '90 days after the last turn',
      writers: [ROLLOUTS],
      purpose: 'How the versions of a rollout fare: counts under `VERSION/METRIC`',
    }),
    agreement: key(['ROLLOUT'], (rollout) => ofRelease(`agreement:${rollout}`), {
      type: 'hash',
      life: '90 days after the last turn',
      writers: [ROLLOUTS],
      purpose: 'How often a shadow version decided the same',
    }),
    differing: key(['ROLLOUT'], (rollout) => ofRelease(`differing:${rollout}`), {
      type: 'list',
      life: 'the newest 20 stay, 90 days',
      writers: [ROLLOUTS],
      purpose: 'Turns in which a shadow version decided otherwise (JSON); no text',
    }),
    manifest: key(['VERSION'], (version) => `warmline:version:${version}`, {
      type: 'string',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'The files of a version by hash (JSON); written once',
    }),
    blob: key(['SHA-256'], (sha) => `warmline:blob:${sha}`, {
      type: 'string',
      life: 'for ever',
      writers: [VERSIONS],
      purpose: 'The text of a file; written once',
    }),
    changed: key([], () => 'warmline:release', {
      type: 'channel',
      life: 'not stored',
      writers: [VERSIONS],
      purpose: 'Tells every process that a release or a draft changed',
    }),
    recordings: key([], () => 'warmline:turns', {
      type: 'sorted set',
      life: 'the newest 5,000 stay, `WARMLINE_RETENTION_DAYS`; the message or the customer is erased',
      writers: [RECORDINGS],
      purpose: 'The last turns by time, as JSON `[customer, first message]`: what a simulation replays',
    }),
  },

  expert: {
    secret: key([], () => 'warmline:expert:key', {
      type: 'string',
      life: 'for ever',
      writers: [EXPERTS],
      purpose: 'The secret that links for experts outside are signed with; made once',
    }),
    usesOfAddress: key(['ADDRESS'], (address) => `warmline:expert:address:${address}`, {
      type: 'counter',
      life: '15 minutes',
      writers: [EXPERTS],
      purpose: 'How often links for experts were used from an address',
    }),
  },

  account: {
    emails: key([], () => 'warmline:accounts', {
      type: 'set',
      life: 'an e-mail: the account is removed',
      writers: [ACCOUNTS],
      purpose: 'E-mails of all who may sign in',
    }),
    account: key(['E-MAIL'], (email) => `warmline:account:${email}`, {
      type: 'hash',
      life: 'the account is removed',
      writers: [ACCOUNTS],
      purpose:
        'An account: `name`, `roles`, `teams`, `languages`, `capacity`, `password` (argon2id) and `changed` (when the password was)',
    }),
    presence: key(['E-MAIL'], (email) => `warmline:presence:${email}`, {
      type: 'string',
      life: '90 seconds after a page of theirs last said that it is open',
      writers: [PRESENCE],
      purpose: 'Whether somebody is on duty: `on-duty` or `break`',
    }),
    presenceChanged: key([], () => 'warmline:presence', {
      type: 'channel',
      life: 'not stored',
      writers: [PRESENCE],
      purpose: 'Tells every process that somebody says whether they are on duty',
    }),
    notifications: key(['E-MAIL'], (email) => `warmline:notifications:${email}`, {
      type: 'sorted set',
      life: '30 days after the last one, or the account is removed; the newest 100',
      writers: [NOTIFICATIONS, ACCOUNTS],
      purpose:
        'What somebody is told of, by time: the kind, the ticket and who did it (JSON), without words of the conversation',
    }),
    notificationsRead: key(['E-MAIL'], (email) => `warmline:notifications-read:${email}`, {
      type: 'hash',
      life: '30 days after somebody last read one, or the account is removed',
      writers: [NOTIFICATIONS, ACCOUNTS],
      purpose: 'Until when somebody has read their notifications: by ticket, and under `all`',
    }),
    notificationsChanged: key([], () => 'warmline:notifications', {
      type: 'channel',
      life: 'not stored',
      writers: [NOTIFICATIONS],
      purpose: 'Tells every process whose notifications have changed',
    }),
    setByEnvironment: key([], () => 'warmline:accounts:set-by-environment', {
      type: 'hash',
      life: 'for ever: it outlives the account',
      writers: [ACCOUNTS],
      purpose: 'By e-mail: the hash of the password that the environment set last',
    }),
    session: key(['HASH'], (hash) => `warmline:session:${hash}`, {
      type: 'hash',
      life: '8 hours without use, at most 24 hours',
      writers: [SESSIONS],
      purpose: "Who is signed in and since when, by the hash of the cookie's token",
    }),
    loginsOfAccount: key(['E-MAIL'], (email) => `warmline:sign-in:account:${email}`, {
      type: 'counter',
      life: '15 minutes',
      writers: [THROTTLE],
      purpose: 'Tries to sign in to an account',
    }),
    loginsOfAddress: key(['ADDRESS'], (address) => `warmline:sign-in:address:${address}`, {
      type: 'counter',
      life: '15 minutes',
      writers: [THROTTLE],
      purpose: 'Tries to sign in from an address',
    }),
  },

  retention: {
    enrolled: key([], () => 'warmline:enrolled', {
      type: 'string',
      life: 'for ever',
      writers: [RETENTION],
      purpose: '`1` once every customer has a timer for erasure',
    }),
    receipts: key([], () => 'warmline:receipts', {
      type: 'stream',
      life: 'the newest 10,000 or so stay',
      writers: [RECEIPTS],
      purpose: 'What was erased for good: when, how much and by which ids; no text',
    }),
  },

  channel: {
    botFramework: key(['KEY'], (name) => `warmline:bot-framework:${name}`, {
      type: 'string',
      life: 'the conversation is erased',
      writers: [CHANNELS],
      purpose: 'Where a conversation of Bot Framework is reached (JSON)',
    }),
    posts: key([], () => 'warmline:playground:posts', {
      type: 'hash',
      life: 'a post: it is deleted, or its customer erased',
      writers: [PLAYGROUND],
      purpose: "Posts on the playground's wall by id (JSON)",
    }),
    postsByTime: key([], () => 'warmline:playground:by-time', {
      type: 'sorted set',
      life: 'as the posts',
      writers: [PLAYGROUND],
      purpose: 'Ids of posts by time',
    }),
    directMessages: key(['CUSTOMER'], (customer) => `warmline:playground:dms:${part(customer)}`, {
      type: 'hash',
      life: 'the customer is erased',
      writers: [PLAYGROUND],
      purpose: 'Direct messages of the playground by id (JSON)',
    }),
    playgroundChanged: key([], () => 'warmline:playground:changed', {
      type: 'channel',
      life: 'not stored',
      writers: [PLAYGROUND],
      purpose: 'Tells every process that the wall or a message changed',
    }),
  },
}

export type CustomerKeys = { readonly [Name in keyof typeof CUSTOMER]: string }

/** All keys of one customer. */
export const keysOf = (customer: CustomerId) =>
  Object.fromEntries(Object.entries(CUSTOMER).map(([name, make]) => [name, make(customer)])) as CustomerKeys

/** What SCAN finds every customer by. */
export const EVERY_HISTORY = CUSTOMER.history('*')
