// Reads the environment variables and checks them; `.env.example` describes each. Only this file reads process.env.
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readAddress } from '#redis'

/** What is wrong with the environment, one sentence a line. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const text = z.string().trim().min(1)
const onOff = z.enum(['on', 'off'])

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  PATH: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  HOST: text.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  REDIS_URL: text
    .refine(
      (url) => readAddress(url),
      'should be redis://host:port, redis+sentinel://host:port,host:port/master-name or redis+cluster://host:port,host:port (rediss: with TLS)',
    )
    .optional(),
  WARMLINE_DATA_DIR: text.default('./.warmline'),
  WARMLINE_CACHE_DIR: text.optional(),
  WARMLINE_FSYNC: z.enum(['always', 'everysec']).default('always'),
  WARMLINE_ROLES: text
    .default('web,worker')
    .transform((roles) => roles.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(['web', 'worker'])).min(1)),
  WARMLINE_CONTENT_DIR: text.optional(),
  WARMLINE_CONTENT_SOURCE: z.enum(['folder', 'store']).default('folder'),
  WARMLINE_APPROVALS: z.coerce.number().int().min(0).max(5).default(1),
  WARMLINE_ADMIN_EMAIL: z.email().optional(),
  WARMLINE_ADMIN_PASSWORD: z.string().min(10).optional(),
  WARMLINE_DEBOUNCE_MS: z.coerce.number().int().min(0).max(60_000).default(1500),
  WARMLINE_CONCURRENCY: z.coerce.number().int().min(1).max(256).default(16),
  WARMLINE_LAG_LIMIT: z.coerce.number().min(1).default(30),
  WARMLINE_PURGE_MINUTES: z.coerce.number().int().min(0).max(1440).default(0),
  WARMLINE_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(365),
  WARMLINE_PLAYGROUND: onOff.optional(),
  WARMLINE_PLAYGROUND_LIMIT: z.coerce.number().int().min(1).default(30),
  X_API_BASE_URL: z.url().default('https://api.x.com'),
  X_USER_ID: text.optional(),
  X_CONSUMER_KEY: text.optional(),
  X_CONSUMER_SECRET: text.optional(),
  X_ACCESS_TOKEN: text.optional(),
  X_ACCESS_TOKEN_SECRET: text.optional(),
  X_ACCESS_TIER: z.enum(['self-serve', 'enterprise']).default('self-serve'),
  META_GRAPH_BASE_URL: z.url().default('https://graph.facebook.com'),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v26.0'),
  META_APP_ID: text.optional(),
  META_APP_SECRET: text.optional(),
  META_VERIFY_TOKEN: text.optional(),
  FACEBOOK_PAGE_ID: text.optional(),
  FACEBOOK_PAGE_ACCESS_TOKEN: text.optional(),
  MicrosoftAppId: text.optional(),
  MicrosoftAppPassword: text.optional(),
  MicrosoftAppType: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']).default('MultiTenant'),
  MicrosoftAppTenantId: text.optional(),
  ToBotFromChannelOpenIdMetadataUrl: z.url().optional(),
  ToBotFromChannelTokenIssuer: text.optional(),
  ToChannelFromBotLoginUrl: z.url().optional(),
  ToChannelFromBotOAuthScope: text.optional(),
  WARMLINE_BOT_FRAMEWORK_HOSTS: text.optional(),
  WARMLINE_BOT_FRAMEWORK_UNSIGNED: onOff.default('off'),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_MODEL: text.optional(),
  OPENAI_EMBEDDING_MODEL: text.optional(),
  WARMLINE_MODEL_DAILY_TOKENS: z.coerce.number().int().min(1).optional(),
  WARMLINE_MODEL_PRICES: z
    .string()
    .regex(/^\d+(?:\.\d+)?,\d+(?:\.\d+)?$/, 'expected what a million tokens cost, in and out, such as `0.15,0.60`')
    .transform((prices) => {
      const [input = 0, output = 0] = prices.split(',').map(Number)
      return { input, output }
    })
    .optional(),
})
type Env = z.infer<typeof schema>

/** Variables that switch something on together: all of them, or none. */
const GROUPS = {
  X: ['X_USER_ID', 'X_CONSUMER_KEY', 'X_CONSUMER_SECRET', 'X_ACCESS_TOKEN', 'X_ACCESS_TOKEN_SECRET'],
  'Facebook Page': [
    'META_APP_ID',
    'META_APP_SECRET',
    'META_VERIFY_TOKEN',
    'FACEBOOK_PAGE_ID',
    'FACEBOOK_PAGE_ACCESS_TOKEN',
  ],
  'Bot Framework': ['MicrosoftAppId', 'MicrosoftAppPassword'],
  'the first admin': ['WARMLINE_ADMIN_EMAIL', 'WARMLINE_ADMIN_PASSWORD'],
} as const satisfies Record<string, readonly (keyof Env)[]>

/** Values of `NODE_ENV` that mean nobody but us is served. */
const DEVELOPMENT = new Set(['development', 'dev', 'test'])

const hasNetwork = (env: Env): boolean =>
  env.WARMLINE_BOT_FRAMEWORK_UNSIGNED === 'on' ||
  (['X', 'Facebook Page', 'Bot Framework'] as const).some((name) => group(env, GROUPS[name]) !== undefined)

/** The values of a group, or undefined when it is off. */
function group<const N extends keyof Env>(env: Env, names: readonly N[]): { [name in N]: string } | undefined {
  return names.every((name) => env[name] !== undefined) ? (env as { [name in N]: string }) : undefined
}

export type Config = ReturnType<typeof readConfig>

/** Reads and checks the environment; throws `ConfigError` that names each variable that is wrong or missing. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env) {
  // An empty variable is one that was not set.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  const problems = read.success
    ? halves(read.data)
    : read.error.issues.map((issue) => `\`${issue.path.join('.')}\`: ${issue.message}`)
  if (!read.success || problems.length) throw new ConfigError(problems.join('\n'))
  const env = read.data
  const production = env.NODE_ENV === 'production'
  const development = DEVELOPMENT.has(env.NODE_ENV)
  if (production && env.WARMLINE_ROLES.includes('web') && !env.PUBLIC_URL?.startsWith('https:')) {
    throw new ConfigError(
      '`PUBLIC_URL`: in production set it to the address the world sees, with https, e.g. https://care.example.com; a proxy before the service speaks TLS',
    )
  }
  if (production && env.WARMLINE_BOT_FRAMEWORK_UNSIGNED === 'on') {
    throw new ConfigError('`WARMLINE_BOT_FRAMEWORK_UNSIGNED`: anybody could speak as a customer; not in production')
  }
  return {
    production,
    logLevel: env.LOG_LEVEL,
    port: env.PORT,
    /** Where to listen; undefined: on every address. */
    host: env.HOST ?? (production ? undefined : '127.0.0.1'),
    publicUrl: env.PUBLIC_URL,
    metrics: { port: env.METRICS_PORT, token: env.METRICS_TOKEN, openToLoopback: !production },
    redisUrl: env.REDIS_URL,
    dataDir: resolve(env.WARMLINE_DATA_DIR),
    cacheDir: resolve(env.WARMLINE_CACHE_DIR ?? join(env.WARMLINE_DATA_DIR, 'cache')),
    fsync: env.WARMLINE_FSYNC,
    searchPath: env.PATH,
    roles: env.WARMLINE_ROLES,
    contentDir: env.WARMLINE_CONTENT_DIR ? resolve(env.WARMLINE_CONTENT_DIR) : undefined,
    contentSource: env.WARMLINE_CONTENT_SOURCE,
    approvals: env.WARMLINE_APPROVALS,
    admin: group(env, GROUPS['the first admin']),
    debounceMs: env.WARMLINE_DEBOUNCE_MS,
    concurrency: env.WARMLINE_CONCURRENCY,
    lagLimitMs: env.WARMLINE_LAG_LIMIT * 1000,
    purgeMs: env.WARMLINE_PURGE_MINUTES * 60_000,
    keepMs: env.WARMLINE_RETENTION_DAYS * 86_400_000,
    // Anybody may write as anybody there: beside a real network it has to be asked for.
    playground: env.WARMLINE_PLAYGROUND ? env.WARMLINE_PLAYGROUND === 'on' : development && !hasNetwork(env),
    playgroundLimit: env.WARMLINE_PLAYGROUND_LIMIT,
    x: withMore(group(env, GROUPS.X), { X_API_BASE_URL: env.X_API_BASE_URL, X_ACCESS_TIER: env.X_ACCESS_TIER }),
    facebook: withMore(group(env, GROUPS['Facebook Page']), {
      META_GRAPH_BASE_URL: env.META_GRAPH_BASE_URL,
      META_GRAPH_VERSION: env.META_GRAPH_VERSION,
    }),
    botFramework: withMore(group(env, GROUPS['Bot Framework']), {
      MicrosoftAppType: env.MicrosoftAppType,
      MicrosoftAppTenantId: env.MicrosoftAppTenantId,
    }),
    /** The SDK's own names for other clouds' addresses. */
    botFrameworkSettings: defined({
      ToBotFromChannelOpenIdMetadataUrl: env.ToBotFromChannelOpenIdMetadataUrl,
      ToBotFromChannelTokenIssuer: env.ToBotFromChannelTokenIssuer,
      ToChannelFromBotLoginUrl: env.ToChannelFromBotLoginUrl,
      ToChannelFromBotOAuthScope: env.ToChannelFromBotOAuthScope,
    }),
    botFrameworkServiceHosts: env.WARMLINE_BOT_FRAMEWORK_HOSTS?.split(',').map((host) => host.trim()) ?? [],
    botFrameworkUnsigned: env.WARMLINE_BOT_FRAMEWORK_UNSIGNED === 'on',
    model: openai(env, env.OPENAI_MODEL),
    modelPrices: env.WARMLINE_MODEL_PRICES,
    modelDailyTokens: env.WARMLINE_MODEL_DAILY_TOKENS,
    embeddings: openai(env, env.OPENAI_EMBEDDING_MODEL),
    /** What is signed in with: keys, secrets and passwords, whatever they are for. */
    keys: [
      ...Object.entries(given).flatMap(([name, value]) =>
        /(?:key|secret|token|password)$/i.test(name) && value ? [value] : [],
      ),
      ...(env.REDIS_URL ? passwordsIn(env.REDIS_URL) : []),
    ],
    /** Base URLs of the services that dialogs look things up in: the variables that content names. */
    serviceUrl: (name: string): string | undefined => given[name],
  }
}

function openai({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl }: Env, model: string | undefined) {
  return apiKey && model ? { apiKey, model, ...(baseUrl ? { baseUrl } : {}) } : undefined
}

/** As they are written in a `REDIS_URL`. */
const passwordsIn = (url: string) =>
  [/:\/\/[^:@/]*:([^@/]+)@/, /sentinel-password=([^&]+)/].flatMap((pattern) => pattern.exec(url)?.[1] ?? [])

const defined = (settings: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const withMore = <A extends object, B extends object>(group: A | undefined, more: B): (A & B) | undefined =>
  group && { ...group, ...more }

function halves(env: Env): string[] {
  const models = env.OPENAI_MODEL ?? env.OPENAI_EMBEDDING_MODEL
  const model =
    (env.OPENAI_API_KEY === undefined) === (models === undefined)
      ? []
      : [
          env.OPENAI_API_KEY
            ? '`OPENAI_API_KEY` needs `OPENAI_MODEL`, `OPENAI_EMBEDDING_MODEL` or both'
            : 'a language model needs `OPENAI_API_KEY` too (a server that asks for none takes any)',
        ]
  const groups = Object.entries(GROUPS).flatMap(([what, names]) => {
    const missing = names.filter((name) => env[name] === undefined)
    if (missing.length === 0 || missing.length === names.length) return []
    return [
      `${what} needs ${missing.map((name) => `\`${name}\``).join(' and ')} too (all of ${names.join(', ')}, or none)`,
    ]
  })
  return [...groups, ...model]
}
