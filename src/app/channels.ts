// Opens the channels whose variables are set.
import type { Logger } from 'pino'
import type { Channel } from '#channels'
import { openFacebook } from '#channels/facebook'
import { openPlayground } from '#channels/playground'
import { openX } from '#channels/x'
import type { Brand } from '#policy'
import type { Connections } from '#redis/connect'
import { KEYS } from '#redis/keys'
import { mentions } from '#understanding'
import type { Config } from './config.ts'

/** Opens every channel whose variables are set. */
export async function openChannels(options: {
  config: Config
  connections: Connections
  /** The address the world sees. */
  publicUrl: string
  /** Whose posts on the playground carry its name, and who looks for posts about it. */
  brand: () => Pick<Brand, 'name' | 'proactive'>
  log: Logger
  now: () => number
}): Promise<Channel[]> {
  const { config, connections, publicUrl, brand, log, now } = options
  const { x, facebook, botFramework } = config
  const redis = connections.main
  const wanted = (text: string) => mentions(text, brand().proactive?.terms ?? [])
  const list: Channel[] = []
  if (config.playground) {
    const subscriber = await connections.another()
    const perMinute = config.playgroundLimit
    list.push(await openPlayground({ redis, subscriber, brand: () => brand().name, wanted, publicUrl, perMinute, now }))
  }
  if (x) {
    list.push(
      openX({
        baseUrl: x.X_API_BASE_URL,
        userId: x.X_USER_ID,
        consumerKey: x.X_CONSUMER_KEY,
        consumerSecret: x.X_CONSUMER_SECRET,
        accessToken: x.X_ACCESS_TOKEN,
        accessTokenSecret: x.X_ACCESS_TOKEN_SECRET,
        tier: x.X_ACCESS_TIER,
        log,
      }),
    )
  }
  if (facebook) {
    list.push(
      openFacebook({
        graphUrl: facebook.META_GRAPH_BASE_URL,
        version: facebook.META_GRAPH_VERSION,
        appId: facebook.META_APP_ID,
        appSecret: facebook.META_APP_SECRET,
        verifyToken: facebook.META_VERIFY_TOKEN,
        pageId: facebook.FACEBOOK_PAGE_ID,
        pageToken: facebook.FACEBOOK_PAGE_ACCESS_TOKEN,
        log,
      }),
    )
  }
  if (botFramework || config.botFrameworkUnsigned) {
    // Its SDK is large, and few services have this channel.
    const { openBotFramework } = await import('#channels/bot-framework')
    list.push(
      openBotFramework({
        ...(botFramework
          ? {
              appId: botFramework.MicrosoftAppId,
              appPassword: botFramework.MicrosoftAppPassword,
              appType: botFramework.MicrosoftAppType,
              tenantId: botFramework.MicrosoftAppTenantId,
            }
          : {}),
        allowUnsigned: config.botFrameworkUnsigned,
        settings: config.botFrameworkSettings,
        serviceHosts: config.botFrameworkServiceHosts,
        references: {
          save: async (key, json) => void (await redis.set(KEYS.channel.botFramework(key), json)),
          load: async (key) => (await redis.get(KEYS.channel.botFramework(key))) ?? undefined,
          remove: async (key) => void (await redis.del(KEYS.channel.botFramework(key))),
        },
        log,
      }),
    )
  }
  return list
}
