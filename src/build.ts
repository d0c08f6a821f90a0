// Does beforehand what a first start would do: builds the pages, and learns what messages are from our labelled lines.
import { buildEngine, readConfig } from '#app'
import { ensureWebBuilt } from '#console'
import { loadContent, OWN_CONTENT } from '#content/load'
import { BUILT, openDiskCache, openSearchEngine } from '#understanding/retrieval'

const log = {
  info: (line: string) => process.stdout.write(`${line}\n`),
  warn: ({ reason }: { readonly reason?: string }, message: string) =>
    process.stderr.write(`${message}${reason ? `: ${reason}` : ''}\n`),
}

await ensureWebBuilt({ log })
const loaded = await loadContent(OWN_CONTENT)
if ('problems' in loaded)
  throw new Error('the sample content cannot be read; `npm run -s warmline -- content check` says why')
log.info('learning what messages are; this takes a minute or two')
const { cacheDir } = readConfig()
const search = await openSearchEngine({ cacheDir, log })
const keep = openDiskCache(BUILT, (error) => {
  throw error
})
try {
  await buildEngine(loaded.content, { ...search, keep }, undefined, log)
} finally {
  await search.close()
}
if (search.engine() === 'lexical') process.exitCode = 1
