// The Bot Framework channel: everything that Azure Bot Service connects, through the SDK's CloudAdapter.

import {
  type Activity as BotActivity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  TurnContext,
} from 'botbuilder'
import { CAPABILITIES } from '#domain'
import { limitedWarnings } from '#http'
import { safeParse } from '#lib'
import type { Channel, Deliver } from '../channel.ts'
import { at } from '../json.ts'
import { answer, deliverEvents, type Log, readBody, readJsonBody } from '../webhook.ts'
import { Activity } from './activity.ts'
import { parseBotFramework, threadOf } from './events.ts'
import { type References, sendBotFramework } from './send.ts'
import { isTrusted, type Trust } from './service-url.ts'

export type BotFrameworkConfig = Trust & {
  readonly appId?: string
  readonly appPassword?: string
  /** `MultiTenant`, `SingleTenant` or `UserAssignedMSI`. */
  readonly appType?: string
  readonly tenantId?: string
  /** Further settings of the SDK, by its own names: other clouds have other addresses. */
  readonly settings?: ConfigurationBotFrameworkAuthenticationOptions
  readonly references: References
  readonly log: Log
}

/** Throws if anybody could write as a customer, or if the app's settings do not fit together. */
export function openBotFramework(config: BotFrameworkConfig): Channel {
  const { appId, appPassword, appType, tenantId, references, log, allowUnsigned } = config
  if (!appId && !allowUnsigned) {
    throw new Error('`MicrosoftAppId` is not set: without it anybody could write to the bot as any customer')
  }
  if (appId && !appPassword && appType?.toLowerCase() !== 'userassignedmsi') {
    throw new Error('`MicrosoftAppPassword` is not set')
  }
  const settings = {
    ...config.settings,
    ...(appId && { MicrosoftAppId: appId }),
    ...(appPassword && { MicrosoftAppPassword: appPassword }),
    ...(appType && { MicrosoftAppType: appType }),
    ...(tenantId && { MicrosoftAppTenantId: tenantId }),
  }
  const authentication = new ConfigurationBotFrameworkAuthentication(settings)
  const adapter = new CloudAdapter(authentication)
  const authenticate = async (activity: BotActivity, header: string) => {
    try {
      return await authentication.authenticateRequest(activity, header)
    } catch (err) {
      return refusalOf(err)
    }
  }
  const channel: Channel = {
    name: 'bot-framework',
    law: CAPABILITIES['bot-framework'],
    parse: parseBotFramework,
    mount(server, deliver) {
      const refused = limitedWarnings(log)
      server.post('/api/messages', async (req, res) => {
        const raw = await readBody(req, res)
        const body = raw && readJsonBody(raw.bytes, res)
        if (!body) return
        const read = safeParse(Activity, body.json)
        if (!read.success) return answer(res, 400)
        const activity = read.data as Activity & BotActivity
        const identity = await authenticate(activity, req.headers.authorization ?? '')
        if (typeof identity === 'number') {
          refused({ channel: channel.name, status: identity }, 'activity refused: its token proves nothing')
          return answer(res, identity, identity === 503 ? { 'retry-after': '5' } : {})
        }
        raw.release()
        await adapter.processActivityDirect(identity, activity, async (context) => {
          const events = channel.parse(context.activity)
          const keep: Deliver = async (name, list) => {
            const isMessage = events.some((event) => event.kind === 'message' && !event.own)
            const thread = threadOf(activity)
            if (isMessage && thread && isTrusted(activity.serviceUrl, config)) {
              const reference = TurnContext.getConversationReference(context.activity)
              await references.save(thread.id, JSON.stringify(reference))
            }
            await deliver(name, list)
          }
          await deliverEvents(channel, events, keep, log, res)
        })
      })
    },
    async forget(_customer, _messages, conversations) {
      for (const id of conversations) await references.remove(id)
    },
    send: (outgoing, signal) => sendBotFramework({ ...config, settings }, outgoing, signal),
  }
  return channel
}

/** A token that cannot be checked, because Microsoft's keys cannot be fetched, may be good when it comes again. */
function refusalOf(err: unknown): 401 | 503 {
  const isOutage = at(err, 'type') === 'system' || Number(at(err, 'statusCode')) >= 500
  return isOutage ? 503 : 401
}
