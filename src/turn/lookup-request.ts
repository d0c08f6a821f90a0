// Makes a dialog's look-up: one GET to the service that the operator configured. Never throws.
import { z } from 'zod'
import type { Action, ActionAnswer } from '#dialog'
import type { Form } from '#domain'
import { dateOf } from '#lib'

export type LookUpResult =
  | { readonly state: 'found'; readonly answer: ActionAnswer }
  | { readonly state: 'not-found' }
  /** `because` holds no value of the customer's. */
  | { readonly state: 'failed'; readonly because: string }

const MAX_BYTES = 64 * 1024

const FIELDS = {
  text: z.string().max(500),
  number: z.number(),
  date: z.string().refine((text) => {
    const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
    return /^\d{4}-\d\d-\d\d($|T)/.test(text) && dateOf(year, month, day) !== undefined
  }),
  'yes-no': z.boolean(),
}

/** `baseUrl`: what the variable named by `url-from` holds. */
export async function lookUp(
  action: Action,
  values: Form['values'],
  { baseUrl, fetch: get = fetch, signal }: { baseUrl: string | undefined; fetch?: typeof fetch; signal?: AbortSignal },
): Promise<LookUpResult> {
  if (!baseUrl) return failed(`\`${action['url-from']}\` is not set`)
  const url = addressOf(action, values, baseUrl)
  if (!url) return failed(`\`${action['url-from']}\` and the collected values make no address`)
  const timeout = AbortSignal.timeout(action['timeout-ms'])
  try {
    const response = await get(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    if (!response.ok) {
      await response.body?.cancel()
      return response.status === 404
        ? { state: 'not-found' }
        : failed(`the service answered ${response.status || 'a redirect'}`)
    }
    const text = await readText(response)
    return text === undefined ? failed(`the service answered more than ${MAX_BYTES / 1024} KiB`) : read(action, text)
  } catch {
    // The error's own words may name the address, and with it the customer's values.
    if (timeout.aborted) return failed(`the service did not answer within ${action['timeout-ms']} ms`)
    return failed(signal?.aborted ? 'the look-up was stopped' : 'the service cannot be reached')
  }
}

/** The address below `baseUrl`, or nothing when a value would change which address it is. */
function addressOf(action: Action, values: Form['values'], baseUrl: string): URL | undefined {
  const parts = [...action.path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => values[name]?.value ?? '')
  if (parts.some((value) => value === '' || /^\.+$/.test(value))) return undefined
  const path = action.path.replace(/\{([^{}]*)\}/g, (_, name: string) => encodeURIComponent(values[name]?.value ?? ''))
  const address = `${baseUrl.replace(/\/+$/, '')}${path}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url && /^https?:$/.test(url.protocol) ? url : undefined
}

async function readText(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MAX_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function read(action: Action, text: string): LookUpResult {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return failed('the service answered something that is not JSON')
  }
  const shape = z.object(Object.fromEntries(Object.entries(action.expects).map(([name, kind]) => [name, FIELDS[kind]])))
  const parsed = shape.safeParse(json)
  if (parsed.success) return { state: 'found', answer: parsed.data }
  const [field] = parsed.error.issues[0]?.path ?? []
  return failed(
    field === undefined
      ? 'the service answered something that is not a JSON object'
      : `the service's answer has no \`${String(field)}\` that is a ${action.expects[String(field)]}`,
  )
}

function failed(because: string): LookUpResult {
  return { state: 'failed', because }
}
