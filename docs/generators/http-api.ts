import type { ConsoleOptions } from '#console'
import { cookieName } from '../../src/console/api/session.ts'
import { ROLES } from '../../src/console/auth/accounts.ts'
import { type Access, mayCall } from '../../src/console/endpoint.ts'
import { openEventStream } from '../../src/console/event-stream.ts'
import { openApiOf } from '../../src/console/openapi.ts'
import { consoleEndpoints } from '../../src/console/routes.ts'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

/** Nothing is called while the API is only described; whoever does call something gets an error. */
const nothing = <T extends object>(): T => ({ listen: () => () => {} }) as unknown as T

const desk = nothing<ConsoleOptions['desk']>()
const drafts = nothing<ConsoleOptions['drafts']>()
const viewers = nothing<ConsoleOptions['viewers']>()
const pauses = nothing<ConsoleOptions['pauses']>()
const notifications = nothing<ConsoleOptions['notifications']>()
const presence = nothing<ConsoleOptions['presence']>()
const policy = nothing<NonNullable<ConsoleOptions['policy']>>()
const endpoints = consoleEndpoints(
  {
    desk,
    drafts,
    viewers,
    pauses,
    notifications,
    presence,
    channels: [],
    policy,
    accounts: nothing<ConsoleOptions['accounts']>(),
    retention: nothing<NonNullable<ConsoleOptions['retention']>>(),
    stuck: nothing<ConsoleOptions['stuck']>(),
    content: () => ({ version: '', problems: [], teams: [], contactReasons: [] }),
    secureCookies: true,
    publicUrl: '',
  },
  openEventStream({ desk, drafts, viewers, pauses, notifications, presence, policy }, async () => undefined).endpoint,
)

const rolesOf = (access: Access): string => {
  if (access === 'anyone') return 'anyone'
  const roles = ROLES.filter((role) =>
    mayCall(access, { email: '', name: '', roles: [role], teams: [], languages: [], capacity: 0 }),
  )
  return roles.length === ROLES.length ? 'everybody who is signed in' : roles.join(', ')
}

const rows = endpoints.map(({ method, path, access, does }) => [
  method === 'del' ? 'DELETE' : method.toUpperCase(),
  `\`${path}\``,
  rolesOf(access),
  does,
])

export const httpApiPage: GeneratedPage = {
  path: 'docs/reference/http-api.md',
  text: () => `# HTTP API

${generatedFrom('the endpoints in `src/console/api`')}

The console uses this API. [openapi.json](openapi.json) has the shapes; the service serves the same at \`/api/openapi.json\` to everybody who is signed in, in one line.
Where \`PUBLIC_URL\` is not https the cookie has another name.

- Sign in with \`POST /api/session\`; the answer sets a cookie. Send it with every request.
- Requests that change something take JSON, and need \`Origin\` to be the console's own.
- Errors are problem documents (RFC 9457). Their \`detail\` is written for people.

Health is described in [Monitoring](../operate/monitoring.md#health), webhooks in [Configuration](../operate/configuration.md).

${tableOf(['method', 'path', 'who may', 'what it does'], rows)}
`,
}

export const openApiPage: GeneratedPage = {
  path: 'docs/reference/openapi.json',
  text: () => `${JSON.stringify(openApiOf(endpoints, cookieName(true)), undefined, 2)}\n`,
}
