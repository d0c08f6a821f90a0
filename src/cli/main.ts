// The `warmline` command: data on stdout, everything else on stderr, the exit code says how it went.
import { runCommand } from './run.ts'

const { argv, stdin, stdout, stderr } = process
// Whoever reads our output may stop early, as `head` does; there is nobody left to write to.
stdout.on('error', () => process.exit())
process.exitCode = await runCommand(argv.slice(2), { input: stdin, output: stdout, errors: stderr })
