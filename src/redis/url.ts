// Parses REDIS_URL in all its forms.

/** A URL (see `readAddress`) or the path of a local socket, and its password. */
export type RedisAddress = { readonly url: string } | { readonly path: string; readonly password?: string }

export type Node = { readonly host: string; readonly port: number }
export type Access = {
  readonly username?: string
  readonly password?: string
  readonly tls: boolean
}

export type Place =
  | { readonly kind: 'server'; readonly url?: string; readonly path?: string; readonly password?: string }
  | ({ readonly kind: 'cluster'; readonly nodes: readonly Node[] } & Access)
  | ({
      readonly kind: 'sentinel'
      readonly nodes: readonly Node[]
      readonly master: string
      /** The Sentinels' own password; they may have none although the servers do. */
      readonly sentinelPassword?: string
    } & Access)

const MANY =
  /^redis(?<s>s?)\+(?<kind>sentinel|cluster):\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?]+)(?:\/(?<name>[^/?]*))?(?:\?(?<query>.*))?$/
const HOST = /^(?<host>\[[0-9a-fA-F:.]+\]|[^\s:[\]]+)(?::(?<port>\d{1,5}))?$/
const DEFAULT_PORT = { sentinel: 26_379, cluster: 6379 } as const

/**
 * `redis://…` and `rediss://…` for one server, `redis+cluster://user:password@host:port,host:port` for a Cluster,
 * `redis+sentinel://user:password@host:port,host:port/master-name?sentinel-password=…` for what Sentinels watch over;
 * `rediss+…` with TLS. Undefined when the text has none of these forms.
 */
export function readAddress(text: string): Place | undefined {
  if (/^rediss?:\/\//.test(text)) return URL.canParse(text) ? { kind: 'server', url: text } : undefined
  const groups = MANY.exec(text)?.groups
  if (!groups || !isDecodable(text)) return undefined
  const { s, kind, user, password, hosts = '', name, query } = groups
  const fallback = DEFAULT_PORT[kind as keyof typeof DEFAULT_PORT]
  const nodes = hosts.split(',').flatMap((one) => {
    const { host, port } = HOST.exec(one)?.groups ?? {}
    const number = Number(port ?? fallback)
    return host && number > 0 && number < 65_536 ? [{ host: host.replace(/^\[|\]$/g, ''), port: number }] : []
  })
  if (nodes.length !== hosts.split(',').length) return undefined
  const access = {
    ...(user ? { username: decodeURIComponent(user) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    tls: s === 's',
  }
  if (kind === 'cluster') return name ? undefined : { kind, nodes, ...access }
  if (!name) return undefined
  const sentinelPassword = new URLSearchParams(query).get('sentinel-password')
  return {
    kind: 'sentinel',
    nodes,
    master: decodeURIComponent(name),
    ...(sentinelPassword ? { sentinelPassword } : {}),
    ...access,
  }
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}
