// Reads the frames of a stack without its message, which may hold private data.

/** Where an error happened, without its message: that may quote what a customer wrote. */
export function stackFrames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}
