// Serves the built pages from memory: compressed, cached, with a strict content security policy.
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
}
const SMALL = 1024
/** Stands in the pages where the nonce goes that lets React Aria add its two style rules. */
const NONCE = '__CSP_NONCE__'

type File = { readonly body: Buffer; readonly gzip: Buffer | undefined; readonly type: string; readonly etag: string }

export type StaticFiles = {
  /** Answers for a path under `/console`, `/expert` or `/playground`; false when there is no such file. */
  serve(request: IncomingMessage, response: ServerResponse): boolean
}

function guard(nonce: string): Record<string, string> {
  return {
    'content-security-policy':
      `default-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; object-src 'none'; ` +
      `base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // None of our pages is for everybody.
    'x-robots-tag': 'noindex, nofollow',
  }
}

export async function openStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, File>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const body = await readFile(path)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    files.set(`/${relative(folder, path).split(sep).join('/')}`, {
      body,
      type,
      gzip: body.length > SMALL && !/^(image\/png|font)/.test(type) ? gzipSync(body) : undefined,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    })
  }

  function sendPage(page: File, response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64')
    response.writeHead(200, { 'content-type': page.type, 'cache-control': 'no-store', ...guard(nonce) })
    response.end(page.body.toString('utf8').replaceAll(NONCE, nonce))
  }

  function sendAsset({ body, gzip, type, etag }: File, request: IncomingMessage, response: ServerResponse): void {
    const headers = {
      etag,
      vary: 'accept-encoding',
      // Asset names hold a hash of their content.
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    }
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers)
      response.end()
      return
    }
    const squeezed = gzip && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    const bytes = squeezed ? gzip : body
    response.writeHead(200, {
      ...headers,
      'content-type': type,
      'content-length': bytes.length,
      ...(squeezed ? { 'content-encoding': 'gzip' } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  }

  return {
    serve(request, response) {
      const [path = ''] = (request.url ?? '').split('?')
      const [, app = ''] = path.split('/')
      const asset = files.get(path)
      // Paths that are no file belong to the page's own routing, so that reloading works.
      const page = /\/(assets|api)\//.test(path) ? undefined : files.get(`/${app}/index.html`)
      if (asset && asset !== page) sendAsset(asset, request, response)
      else if (page) sendPage(page, response)
      else return false
      return true
    },
  }
}
