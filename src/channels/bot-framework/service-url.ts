// Checks the service URL of a Bot Framework conversation: our token is sent there, so a forged one would steal it.

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

export type Trust = {
  /** Hosts beside Microsoft's own. */
  readonly serviceHosts?: readonly string[]
  /** Development only: also trust this machine. */
  readonly allowUnsigned?: boolean
}

/** `botframework.com` is Microsoft's; under `trafficmanager.net` anybody may rent a name, so only Teams' own counts. */
export function isTrusted(
  serviceUrl: string | undefined,
  { serviceHosts = [], allowUnsigned = false }: Trust,
): boolean {
  if (!serviceUrl || !URL.canParse(serviceUrl)) return false
  const { protocol, hostname, username, password } = new URL(serviceUrl)
  if (username || password) return false
  const isLocal = LOOPBACK.has(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return false
  return (
    hostname === 'botframework.com' ||
    hostname.endsWith('.botframework.com') ||
    hostname === 'smba.trafficmanager.net' ||
    serviceHosts.includes(hostname) ||
    (isLocal && allowUnsigned)
  )
}
