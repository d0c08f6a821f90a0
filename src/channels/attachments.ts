// Reads the kinds of attachments of a message.
import type { AttachmentKind, Message } from '#domain'

/** The fields of a message for what came with it, one kind for each attachment. */
export function attachmentsOf(kinds: readonly AttachmentKind[]): Pick<Message, 'attachments' | 'attachmentKinds'> {
  return kinds.length > 0 ? { attachments: kinds.length, attachmentKinds: kinds } : {}
}

const BY_TYPE: Readonly<Record<string, AttachmentKind>> = { image: 'image', video: 'video', audio: 'audio' }

/** The kind of a media type such as `image/png`. */
export function kindOfMediaType(type: string): AttachmentKind {
  const [main = '', sub] = type.toLowerCase().split(/[/;]/)
  if (!sub) return BY_TYPE[main] ?? 'unsupported'
  return BY_TYPE[main] ?? (sub.includes('.card.') ? 'link' : 'file')
}
