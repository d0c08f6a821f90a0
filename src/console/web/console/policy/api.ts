// What the API says of policies.

export type Ending = {
  readonly verdict: string
  readonly outcome: string
  readonly rule: string
  readonly because: string
  readonly replies: readonly string[]
  readonly blocked?: readonly string[]
}
export type ContentProblem = {
  readonly file: string
  readonly line: number
  readonly problem: string
  readonly severity: 'error' | 'warning'
}
export type FailedExample = {
  readonly file: string
  readonly line: number
  readonly title: string
  readonly problem: string
}
export type Examples = { readonly tried: number; readonly failed: readonly FailedExample[] }
export type FileChange = {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string
  readonly after?: string
}
export type VersionHead = {
  readonly version: string
  readonly at: number
  readonly by: string
  readonly title: string
  readonly message: string
  readonly parent?: string
  readonly state: 'live' | 'rolling-out' | 'was-live' | 'rolled-back' | 'approved'
  readonly approvedBy: readonly string[]
}
export type Version = VersionHead & {
  readonly files: readonly { readonly path: string; readonly size: number }[]
  readonly against?: string
  readonly diff: readonly FileChange[]
}
export type Figures = {
  readonly turns: number
  readonly escalated: number
  readonly blocked: number
  readonly complaints: number
  readonly negative: number
}
export type Rollout = {
  readonly id: string
  readonly version: string
  readonly base: string
  readonly percent: number
  readonly channels?: readonly string[]
  readonly shadow: boolean
  readonly startedAt: number
  readonly by: string
  readonly figures: Readonly<Record<string, Figures>>
  readonly agreement?: {
    readonly turns: number
    readonly same: number
    readonly differing: readonly { case: string; at: number; before: Ending; after: Ending }[]
  }
  readonly stopped?: { readonly at: number; readonly because: string }
}
export type DraftHead = {
  readonly id: string
  readonly title: string
  readonly by: string
  readonly at: number
  readonly changedBy: string
  readonly changedAt: number
  readonly revision: number
  readonly state: 'editing' | 'proposed' | 'approved' | 'released' | 'withdrawn'
  readonly base: string
  readonly version: string
  readonly message?: string
  readonly approvals: readonly { readonly by: string; readonly at: number; readonly comment?: string }[]
  readonly changes: number
  readonly rejected?: { readonly by: string; readonly at: number; readonly comment: string }
}
export type Draft = DraftHead & {
  readonly files: readonly { readonly path: string; readonly text?: string; readonly changed: boolean }[]
  readonly diff: readonly FileChange[]
  readonly problems: readonly ContentProblem[]
}
export type Policy = {
  readonly source: 'folder' | 'store'
  readonly approvalsNeeded: number
  readonly live: VersionHead
  readonly rollout?: Rollout
  readonly drafts: readonly DraftHead[]
  readonly problems: readonly ContentProblem[]
}
export type Words = {
  readonly facts: readonly {
    readonly fact: string
    readonly means: string
    readonly values: string
    readonly unknown: string
    readonly kind: string
    readonly options?: readonly string[]
  }[]
  readonly verdicts: readonly { readonly verdict: string; readonly means: string }[]
  readonly sayings: readonly { readonly name: string; readonly means: string }[]
  readonly intents: readonly string[]
  readonly topics: readonly string[]
  readonly articles: readonly string[]
  readonly channels: readonly string[]
  readonly teams: readonly string[]
  readonly keys: readonly { readonly key: string; readonly means: string }[]
}
export type Tried = {
  readonly facts: readonly { readonly fact: string; readonly value: unknown }[]
  readonly before: Ending
  readonly after: Ending
  readonly others: readonly { readonly rule: string; readonly because: string; readonly doubts?: readonly string[] }[]
}
export type Replay = {
  readonly turns: number
  readonly notReplayed: number
  readonly changed: readonly {
    readonly case: string
    readonly at: number
    readonly text: string
    readonly audience: 'public' | 'private'
    readonly channel: string
    readonly customer: string
    readonly before: Ending
    readonly after: Ending
  }[]
}
export type Audit = {
  readonly entries: readonly {
    readonly at: number
    readonly by: string
    readonly what: string
    readonly version?: string
    readonly draft?: string
    readonly detail: string
  }[]
}

export const API = '/api/policy'
export const draftApi = (id: string): string => `${API}/drafts/${encodeURIComponent(id)}`
export const versionApi = (version: string): string => `${API}/versions/${encodeURIComponent(version)}`
