// Warmline needs Node 22.18 or newer. `npm ci` brings its own Node 24 on Linux and Windows, and this module moves a
// command over to it when the machine's Node is older.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = [22, 18]
/** The sentence model's runtime sends usage data unless it is told not to; embedder.ts says so for whoever starts Node alone. */
const SWITCHED_OFF = { ORT_DISABLE_TELEMETRY: '1' }

function newEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
}

/** The path of a Node that is new enough, or undefined. */
function findNode() {
  if (newEnough(process.versions.node)) return process.execPath
  const os = process.platform === 'win32' ? 'win' : process.platform
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/package.json`)
    const binary = join(dirname(manifest), 'bin', os === 'win' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

/** Runs `node ...args` on a Node that is new enough, passing signals on, and ends this process as the child ended. */
export function runNode(args, env = {}) {
  const node = findNode()
  if (!node) {
    process.stderr.write(
      `warmline needs Node 22.18 or newer; this is ${process.versions.node} and no packaged Node fits ${process.platform}/${process.arch}.\n` +
        'Install Node 24 from https://nodejs.org and run the command again.\n',
    )
    process.exitCode = 2
    return
  }
  // What Node has compiled once it need not compile at the next start.
  const NODE_COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/warmline/compiled', import.meta.url))
  const child = spawn(node, args, {
    stdio: 'inherit',
    env: { ...SWITCHED_OFF, NODE_COMPILE_CACHE, ...process.env, ...env },
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // A terminal sends Ctrl-C to both; only what is sent to this process alone has to be passed on.
  const isSentToBoth = (signal) => signal === 'SIGINT' && process.stdin.isTTY
  for (const signal of signals) process.on(signal, () => isSentToBoth(signal) || child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)
  })
}
