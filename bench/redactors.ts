// Other libraries that find private data, for standing beside ours. None is a dependency: they are installed, with
// fixed versions, into a folder that git does not see, when the bench is run.
import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { PrivateType } from '#privacy'

/** `type` is missing where the library says none that we have. */
export type Claim = { readonly type?: PrivateType; readonly start: number; readonly end: number }
export type Redactor = { readonly name: string; find(text: string): Promise<readonly Claim[]> | readonly Claim[] }

const FOLDER = fileURLToPath(new URL('../.warmline/bench/redactors/', import.meta.url))
const PACKAGES = [
  'redact-pii@3.4.0',
  'openredaction@1.1.5',
  '@openai/guardrails@0.2.1',
  '@microsoft/recognizers-text-sequence@1.3.1',
]

// In this order: `EMAIL_ADDRESS` is no address, `US_BANK_NUMBER` no identity.
const TYPES: readonly (readonly [RegExp, PrivateType])[] = [
  [/EMAIL/, 'email'],
  [/PHONE/, 'phone'],
  [/CREDIT_CARD|DEBIT_CARD/, 'card'],
  [/IBAN/, 'iban'],
  [/^IP|IPV[46]/, 'ip'],
  [/BIRTH|DOB/, 'date-of-birth'],
  [/BANK|ROUTING|ACCOUNT|CUSTOMER|MEMBER|CRYPTO|BITCOIN|ETHEREUM/, 'account'],
  [/ORDER|TRACKING|INVOICE/, 'order'],
  [/SSN|SOCIAL_SECURITY|TAX|PASSPORT|LICEN[CS]E|NATIONAL|NHS|NINO|^[A-Z]{2}_/, 'national-id'],
  [/ADDRESS|ZIP|POST/, 'address'],
  [/NAME|PERSON/, 'name'],
  [/PASSWORD|TOKEN|KEY|SECRET|OTP|CREDENTIAL|CVV|PIN/, 'secret'],
  [/URL/, 'url-token'],
  [/HANDLE|MENTION|INSTAGRAM|TWITTER/, 'handle'],
]

const typeOf = (label: string) => TYPES.find(([pattern]) => pattern.test(label))?.[1]
const claim = (label: string, start: number, end: number): Claim => {
  const type = typeOf(label)
  return type === undefined ? { start, end } : { type, start, end }
}

/** Where each placeholder of a redacted text was written: what stands between two of them is still there. */
function align(text: string, redacted: string, placeholder: RegExp): Claim[] {
  const labels = redacted.match(placeholder) ?? []
  const kept = redacted.split(placeholder)
  let at = kept[0]?.length ?? 0
  return labels.map((label, index) => {
    const next = kept[index + 1] ?? ''
    const end = next === '' ? (index === labels.length - 1 ? text.length : at) : text.indexOf(next, at)
    const found = claim(label, at, Math.max(at, end))
    at = Math.max(at, end) + next.length
    return found
  })
}

function everywhere(text: string, label: string, value: string): Claim[] {
  const found: Claim[] = []
  for (let at = text.indexOf(value); value !== '' && at >= 0; at = text.indexOf(value, at + value.length))
    found.push(claim(label, at, at + value.length))
  return found
}

// biome-ignore lint/suspicious/noExplicitAny: packages that are not there when types are checked
type Package = any

const OPENERS: readonly (readonly [name: string, open: (pack: Package) => Redactor['find']])[] = [
  [
    'redact-pii',
    ({ SyncRedactor }) => {
      const redactor = new SyncRedactor()
      return (text) => align(text, redactor.redact(text), /\b[A-Z]{2,}(?:_[A-Z]+)+\b|\bDIGITS\b|\bUSERNAME\b|\bURL\b/g)
    },
  ],
  [
    'openredaction',
    ({ OpenRedaction }) => {
      const redactor = new OpenRedaction()
      return async (text) => {
        const { detections } = await redactor.detect(text)
        return detections.map(({ type, position }: Package) => claim(type, position[0], position[1]))
      }
    },
  ],
  [
    '@openai/guardrails',
    ({ pii, PIIConfig }) => {
      const config = PIIConfig.parse({})
      return async (text) => {
        const { info } = await pii({}, text, config)
        const entities: Record<string, string[]> = info.detected_entities ?? {}
        return Object.entries(entities).flatMap(([label, values]) =>
          values.flatMap((value) => everywhere(text, label, value)),
        )
      }
    },
  ],
  [
    '@microsoft/recognizers-text-sequence',
    (pack) => (text) =>
      (['PhoneNumber', 'Email', 'IpAddress', 'Mention'] as const).flatMap((kind) =>
        pack[`recognize${kind}`](text, 'en-us').map(({ start, end, typeName }: Package) =>
          claim(String(typeName).toUpperCase(), start, end + 1),
        ),
      ),
  ],
]

/** Those that can be had here; what is missing is said on stderr. */
export async function openRedactors(): Promise<Redactor[]> {
  mkdirSync(FOLDER, { recursive: true })
  const install = ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES]
  try {
    await promisify(execFile)('npm', install, { timeout: 300_000 })
  } catch (error) {
    process.stderr.write(`other libraries could not be installed (${String(error).split('\n')[0]})\n`)
  }
  const require = createRequire(`${FOLDER}x.js`)
  const opened: Redactor[] = []
  for (const [name, open] of OPENERS) {
    try {
      const find = open(await import(pathToFileURL(require.resolve(name)).href))
      await find('jo@mail.example')
      opened.push({ name, find })
    } catch (error) {
      process.stderr.write(`without ${name}: ${String(error).split('\n')[0]}\n`)
    }
  }
  return opened
}
