// Reads photos, videos and other media of posts and direct messages, in both versions of the API.

import type { AttachmentKind } from '#domain'
import { at, listOf, textOf } from '../json.ts'

const KINDS: Readonly<Record<string, AttachmentKind>> = {
  photo: 'image',
  video: 'video',
  // Picked from a list in place of words.
  animated_gif: 'sticker',
  location: 'location',
}

/** What a media key of version 2 begins with, where its object is not included. */
const PREFIXES: Readonly<Record<string, string>> = { '3': 'photo', '7': 'video', '13': 'video', '16': 'animated_gif' }

export const kindOfMedia = (type: unknown): AttachmentKind => KINDS[textOf(type)] ?? 'unsupported'

/** The kinds of version 2's media keys; `included` describes the media. */
export function kindsOfKeys(keys: readonly unknown[], included: unknown): readonly AttachmentKind[] {
  return keys.map((key) => {
    const media = listOf(included).find((one) => at(one, 'media_key') === key)
    return kindOfMedia(at(media, 'type') ?? PREFIXES[textOf(key).split('_')[0] ?? ''])
  })
}

/** A text without the links that X appends for what is attached. */
export function withoutLinks(text: string, links: readonly unknown[]): string {
  return links.reduce<string>((left, link) => (textOf(link) ? left.replace(textOf(link), '') : left), text).trim()
}
