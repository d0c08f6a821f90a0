// Checks the saved replies of all policies, and lists their texts for the gate.
import type { Dialog } from '#dialog'
import { type Audience, CHANNELS } from '#domain'
import { didYouMean } from '#lib'
import type { Brand, SavedReply } from '#policy'
import type { Problem } from '../content.ts'
import type { ReadPolicy } from '../read/policies.ts'
import { factKinds, PEOPLE } from '../reply-variables.ts'
import { teamsOf } from '../teams.ts'
import { agentDraft, type OutgoingText } from './customer-texts.ts'
import { AUDIENCES, channelsFor, checkLength, type Where } from './text-fit.ts'
import { checkLinks, checkPlaceholders, checkWords } from './texts.ts'

const audiencesOf = ({ audience }: SavedReply): readonly Audience[] => (audience === 'both' ? AUDIENCES : [audience])

/** Where an agent may write it. */
const placesOf = (reply: SavedReply): Where[] =>
  channelsFor(audiencesOf(reply)).filter(({ channel }) => reply.channels?.includes(channel) ?? true)

/** Whether some ticket is offered both. */
function meet(one: SavedReply, other: SavedReply): boolean {
  const { channels = CHANNELS } = other
  return (
    audiencesOf(one).some((audience) => audiencesOf(other).includes(audience)) &&
    (one.channels ?? CHANNELS).some((channel) => channels.includes(channel)) &&
    (one.language === undefined || other.language === undefined || one.language === other.language)
  )
}

export function checkSavedReplies(
  policies: readonly ReadPolicy[],
  dialogs: readonly Dialog[],
  brand: Brand | undefined,
): { readonly problems: readonly Problem[]; readonly texts: readonly OutgoingText[] } {
  const problems: Problem[] = []
  const texts: OutgoingText[] = []
  const kinds = factKinds(dialogs)
  const teams = teamsOf({ rules: policies.flatMap(({ rules }) => rules.map(({ rule }) => rule)), dialogs })
  const reasons = brand?.['contact-reasons'].map(({ id }) => id) ?? []
  const before: { readonly reply: SavedReply; readonly at: string }[] = []

  for (const { file, lineOf, savedReplies } of policies)
    for (const [index, reply] of savedReplies.entries()) {
      const lineAt = (...path: PropertyKey[]) => lineOf(['saved-replies', index, ...path])
      const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
        problems.push({ file, line: lineAt(...path), problem: `saved reply \`${reply.id}\`: ${problem}`, severity })
      const unknown = (path: readonly PropertyKey[], what: string, name: string, known: readonly string[]) => {
        const meant = didYouMean(name, known)
        say(path, `there is no ${what} \`${name}\`${meant ? `; did you mean \`${meant}\`?` : ''}`)
      }

      const twin = before.find((other) => other.reply.id === reply.id)
      if (twin) say(['id'], `there is another one called so in \`${twin.at}\``)
      const rival = before.find(
        (other) => reply.shortcut !== undefined && other.reply.shortcut === reply.shortcut && meet(other.reply, reply),
      )
      if (rival) say(['shortcut'], `\`${rival.at}\` has the shortcut \`${reply.shortcut}\` too, on the same tickets`)
      before.push({ reply, at: `${file}:${lineAt('id')}` })

      const { text, also } = reply
      for (const problem of checkPlaceholders(text, [...PEOPLE, ...Object.keys(kinds)])) say(['text'], problem)
      if (reply.audience !== 'private')
        for (const name of Object.keys(kinds).filter((one) => text.includes(`{${one}}`)))
          say(
            ['text'],
            `\`{${name}}\` is the customer's own and is filled in in private only; expected \`audience: private\``,
          )
      const places = placesOf(reply)
      const wrong = [
        ...checkLinks(text, brand).map(({ problem }) => problem),
        ...checkLength(text, places, undefined),
        ...(brand ? checkWords(text, brand) : []),
      ]
      for (const problem of wrong) say(['text'], problem, 'warning')
      texts.push({ file, line: lineAt('text'), where: places, draft: agentDraft(text, kinds) })

      const { transfer, resolve } = also ?? {}
      if (transfer !== undefined && !teams.includes(transfer)) unknown(['also', 'transfer'], 'team', transfer, teams)
      if (resolve?.reason !== undefined && !reasons.includes(resolve.reason))
        unknown(['also', 'resolve', 'reason'], 'contact reason', resolve.reason, reasons)
    }
  return { problems, texts }
}
