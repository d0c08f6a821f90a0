// The schema of an article's front matter, and its type.
import { z } from 'zod'

/** Front matter of one file of `knowledge/`; the article's id is its file name without `.md`. */
export const articleHead = z.object({
  title: z.string().min(3),
  owner: z.string().optional(),
  reviewed: z.iso.date().optional(),
  topic: z.string().optional(),
  /** `public`: anybody. `private`: only in a private conversation. `internal`: agents only. */
  audience: z.enum(['public', 'private', 'internal']).default('public'),
  channels: z.array(z.string()).optional(),
  languages: z.array(z.string()).optional(),
  /** Questions that it must win. */
  questions: z.array(z.string()).default([]),
  /** Questions that it must not win. */
  not: z.array(z.string()).default([]),
  /** Where a customer can read it; default `{help}/{id}` of brand.yaml. */
  source: z.url().optional(),
})

/** One answer. `body` is Markdown; its first paragraph answers by itself and fits a short reply. */
export type Article = z.infer<typeof articleHead> & { readonly id: string; readonly body: string }
