// The frame of a turn: what the customer was asked last.
import type { Content } from '#content'
import { confirmationFrame, frameOf } from '#dialog'
import type { Audience, AuthorKind, Case, Frame } from '#domain'

/** `history`: what was said where the answer is read, oldest first. */
export function frameIn(
  content: Content,
  { form, deed, ticket, choice }: Case,
  audience: Audience,
  history: readonly { readonly authorKind: AuthorKind; readonly text: string }[],
): Frame {
  const dialogOf = (id: string | undefined) => content.dialogs.find((one) => one.id === id)
  const open = audience === 'private' ? form : undefined
  const dialog = dialogOf(open?.dialog)
  const asked = open && dialog && frameOf(dialog, open)
  if (asked) return asked
  // What was agreed to can be taken back as long as it is open.
  const done = ticket && ticket.state !== 'resolved' ? dialogOf(deed?.dialog) : undefined
  if (done) return confirmationFrame(done)
  const question = history.findLast(({ authorKind }) => authorKind !== 'customer')?.text ?? ''
  if (choice?.audience !== audience || choice.articles.length < 2) return { kind: 'none', question }
  const titles = choice.articles.flatMap((id) => content.articles.find((one) => one.id === id)?.title ?? [])
  return { kind: 'choose', question, values: titles }
}
