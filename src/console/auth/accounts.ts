// Stores accounts: passwords (argon2id), roles, sessions.
import { hash, verify } from '@node-rs/argon2'
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'
import { type LoginThrottle, openLoginThrottle } from './login-throttle.ts'
import { openSessions, type Sessions } from './sessions.ts'

export const ROLES = ['agent', 'supervisor', 'policy-owner', 'editor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export type Account = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Whose tickets they take; none: any team's. */
  readonly teams: readonly string[]
  /** In which they answer, ISO 639-1; none: any. */
  readonly languages: readonly string[]
  /** How many tickets they may hold before they are assigned no more. */
  readonly capacity: number
}

const DEFAULT_CAPACITY = 5

/** What is absent stays as it is. */
type AccountChange = Pick<Account, 'email' | 'name' | 'roles'> &
  Partial<Pick<Account, 'teams' | 'languages' | 'capacity'>>

export type Accounts = {
  /** Creates the account or changes it; a new password ends the account's sessions. */
  upsert(account: AccountChange, password?: string): Promise<void>
  /**
   * Makes the admin whom the environment names, or changes their password after the variable, unless people have decided
   * otherwise since: then nothing changes, and the answer says what they decided.
   */
  upsertAdmin(email: string, password: string): Promise<'set' | 'removed' | 'password changed'>
  /** The account, if the password is right. Takes as long for an unknown e-mail. */
  check(email: string, password: string): Promise<Account | undefined>
  /** The account behind a session's token. `quietly` does not count as use. */
  signedIn(token: string, how?: 'quietly'): Promise<Account | undefined>
  list(): Promise<Account[]>
  find(email: string): Promise<Account | undefined>
  remove(email: string): Promise<void>
  readonly sessions: Sessions
  readonly attempts: LoginThrottle
}

const EMAILS = KEYS.account.emails()
/** By e-mail: the hash of the password that the environment set last. It outlives the account. */
const SET_BY_ENVIRONMENT = KEYS.account.setByEnvironment()
const keyOf = KEYS.account.account
const listOf = (stored: string | undefined): readonly string[] => stored?.split(',').filter(Boolean) ?? []
const tidy = (email: string) => email.trim().toLowerCase()
/** OWASP's password storage cheat sheet: argon2id, 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function openAccounts(redis: Redis, { now }: { now: () => number }): Accounts {
  const sessions = openSessions(redis, now)
  const nobody = hash('nobody has this password', COST)

  async function read(email: string) {
    const { name, roles, teams, languages, capacity, password, changed } = await redis.hGetAll(keyOf(email))
    if (name === undefined) return undefined
    const held = new Set(roles?.split(','))
    const account: Account = {
      email,
      name,
      roles: ROLES.filter((role) => held.has(role)),
      teams: listOf(teams),
      languages: listOf(languages),
      capacity: Number(capacity ?? DEFAULT_CAPACITY),
    }
    return { account, password, changed: Number(changed ?? 0) }
  }

  const accounts: Accounts = {
    async upsert({ email: typed, name, roles, teams, languages, capacity }, password) {
      const email = tidy(typed)
      const fields: Record<string, string> = { name, roles: roles.join(',') }
      if (teams) fields.teams = teams.join(',')
      if (languages) fields.languages = languages.join(',')
      if (capacity !== undefined) fields.capacity = String(capacity)
      if (password !== undefined) {
        fields.password = await hash(password, COST)
        fields.changed = String(now())
      }
      await redis.hSet(keyOf(email), fields)
      await redis.sAdd(EMAILS, email)
    },
    async upsertAdmin(typed, password) {
      const email = tidy(typed)
      const [known, lastSet] = await Promise.all([read(email), redis.hGet(SET_BY_ENVIRONMENT, email)])
      const isSame = known?.password !== undefined && (await verify(known.password, password))
      const hasAdmin = (await accounts.list()).some(({ roles }) => roles.includes('admin'))
      if (hasAdmin && !known && lastSet !== null) return 'removed'
      // An account without a mark was made in the console, or by an earlier version.
      if (hasAdmin && known && !isSame && known.password !== lastSet) return 'password changed'
      const name = known?.account.name ?? email.split('@')[0] ?? email
      const roles = new Set(known?.account.roles)
      if (!known || !hasAdmin) roles.add('admin')
      await accounts.upsert({ email, name, roles: [...roles] }, isSame ? undefined : password)
      const { password: hashed } = (await read(email)) ?? {}
      if (hashed !== undefined) await redis.hSet(SET_BY_ENVIRONMENT, email, hashed)
      return 'set'
    },
    async check(typed, password) {
      const known = await read(tidy(typed))
      const right = await verify(known?.password ?? (await nobody), password)
      return right && known?.password !== undefined ? known.account : undefined
    },
    async signedIn(token, how) {
      const session = await sessions.find(token, how)
      if (!session) return undefined
      const known = await read(session.email)
      return known && known.changed <= session.started ? known.account : undefined
    },
    async list() {
      const emails = await redis.sMembers(EMAILS)
      const known = await Promise.all(emails.sort().map(read))
      return known.flatMap((one) => (one ? [one.account] : []))
    },
    find: async (email) => (await read(tidy(email)))?.account,
    async remove(email) {
      const { notifications, notificationsRead } = KEYS.account
      const own = [keyOf, notifications, notificationsRead]
      await Promise.all(own.map((keyOfTheirs) => redis.del(keyOfTheirs(tidy(email)))))
      await redis.sRem(EMAILS, tidy(email))
    },
    sessions,
    attempts: openLoginThrottle(redis),
  }
  return accounts
}
