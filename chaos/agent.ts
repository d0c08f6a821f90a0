// A person at the console, over its API. A call that nobody answered may have been carried out.

type Called = { readonly status: number; readonly body: Record<string, unknown> }

export type Agent = {
  readonly email: string
  /** `status` is 0 if no answer came. */
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Called>
}

/** A claim waits for the bot's last word. */
const PATIENCE_MS = 15_000

export async function signIn(url: string, email: string, password: string): Promise<Agent> {
  let cookie = ''
  async function call(method: string, path: string, body?: object): Promise<Called> {
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', cookie },
        ...(method !== 'GET' ? { body: JSON.stringify(body ?? {}) } : {}),
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return { status: response.status, body: JSON.parse((await response.text()) || '{}') }
    } catch {
      return { status: 0, body: {} }
    }
  }
  const { status } = await call('POST', '/api/session', { email, password })
  if (status !== 200) throw new Error(`signing in as \`${email}\` was answered ${status}`)
  return { email, call }
}
