// Types of WebAssembly as far as used; TypeScript declares them for browsers only.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Memory {
    /** In pages of 64 KiB. */
    constructor(size: { readonly initial: number })
    /** Another one after each growth. */
    readonly buffer: ArrayBuffer
    /** By so many pages. */
    grow(pages: number): number
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>)
    readonly exports: unknown
  }
}
