import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Chromium on this machine, or undefined; CI sets WARMLINE_REQUIRE_BROWSER and then its absence is an error. */
export function findChromium(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin', '/usr/lib/chromium']
  for (const folder of folders) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {}
    }
  }
  if (process.env.WARMLINE_REQUIRE_BROWSER)
    throw new Error('no Chromium on this machine, and the browser tests are required')
  process.stderr.write('\nBROWSER TESTS SKIPPED: no Chromium on this machine (Debian: apt-get install chromium)\n\n')
  return undefined
}

export type Browser = { page(size?: { width: number; height: number }): Promise<Page>; close(): Promise<void> }

export async function openBrowser(executablePath: string): Promise<Browser> {
  const contexts: BrowserContext[] = []
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    async page(size = { width: 1280, height: 860 }) {
      const context = await browser.newContext({ viewport: size })
      context.setDefaultTimeout(60_000)
      contexts.push(context)
      return context.newPage()
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
    },
  }
}
