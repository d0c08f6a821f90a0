// What the API says of policies.
import type { z } from 'zod'
import type * as shape from '../../../console/api/policy.schema.ts'

export type Policy = z.infer<typeof shape.overview>
export type Rollout = NonNullable<Policy['rollout']>
export type Figures = Rollout['figures'][string]
export type DraftHead = Policy['drafts'][number]
export type Draft = z.infer<typeof shape.draft>
export type ContentProblem = Draft['problems'][number]
export type FileChange = Draft['diff'][number]
export type VersionHead = Policy['live']
export type Version = z.infer<typeof shape.version>
export type Words = z.infer<typeof shape.words>
export type Checked = z.infer<typeof shape.checked>
export type FailedExample = Checked['examples']['failed'][number]
export type Tried = z.infer<typeof shape.tried>
export type Ending = Tried['before']
export type Replay = z.infer<typeof shape.replayed>
export type Certainty = z.infer<typeof shape.certainty>
export type Audit = z.infer<typeof shape.audit>

export const API = '/api/policy'
export const draftApi = (id: string): string => `${API}/drafts/${encodeURIComponent(id)}`
export const versionApi = (version: string): string => `${API}/versions/${encodeURIComponent(version)}`
