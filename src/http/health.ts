// The health of parts for /health/ready.

/** Whether a part can do its work, and if not, why. */
export type Health = { readonly part: string; readonly ok: boolean; readonly because?: string }

const PATH = /(?<![\w/])\.{0,2}(?:\/[\w.@~-]+){2,}/g
const ADDRESS = /\b[\w.-]+:\d{2,5}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b/g

/** The reason without paths and addresses of machines: anybody may ask, and the log has them. */
export const withoutAddresses = (part: Health): Health =>
  part.because === undefined ? part : { ...part, because: part.because.replace(PATH, '…').replace(ADDRESS, '…') }
