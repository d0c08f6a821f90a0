// `content export`: writes a stored version as a folder.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openVersionStore } from '#releases'
import type { Command } from '../command.ts'
import { WrongUse } from '../json-lines.ts'
import { withServiceRedis } from '../service-redis.ts'

export const exportContent: Command = {
  usage: 'content export VERSION DIR',
  does: 'Writes a version that the running service keeps (`live`: the one that serves) to the new folder DIR, byte for byte.',
  options: {},
  async run({ rest }, io) {
    const [wanted, dir, ...more] = rest
    if (wanted === undefined || dir === undefined || more.length > 0)
      throw new WrongUse('a VERSION and a DIR are needed')
    if ((await readdir(dir).catch(() => [])).length > 0)
      throw new WrongUse(`\`${dir}\` is not empty; name a folder that is not there yet`)
    const found = await withServiceRedis(io.config, async ({ main }) => {
      const store = openVersionStore(main)
      const version = wanted === 'live' ? (await store.state()).value?.live : wanted
      return { version, files: version === undefined ? undefined : await store.files(version) }
    })
    if (!found.files) {
      io.errors.write(`there is no version \`${wanted}\`\n`)
      return 1
    }
    for (const { path, text } of found.files) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), text)
    }
    io.errors.write(`${found.files.length} files of version ${found.version} are in ${dir}\n`)
    return 0
  },
}
