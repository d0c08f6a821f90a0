// The schema of `policies/brand.yaml`: voice, hours, confidence thresholds, promises, proactive outreach.
import { z } from 'zod'
import type { Audience } from '#domain'
import { voice } from './brand-voice.ts'

/** The bot's own sentences. `{name}` is filled in; sayings are templates that the gate sees like any other text. */
export const SAYINGS = {
  'move-to-private': 'public: we need personal data to help; please write to us privately',
  'private-opening': 'private: first words of a private thread that we opened because of a public post',
  'ask-again': 'we did not understand; please say it in other words',
  'which-one': 'two articles are near; {first} and {second} are their titles: which one is meant?',
  'is-it': 'one article is near; {first} is its title: is it that?',
  'say-more': 'a word or two that may mean many things; please say a little more',
  'told-all': 'a follow-up to an article that says no more about it: would they like a person?',
  'one-at-a-time': 'they wish for several things, and the bot begins with one of them',
  'answered-part': 'one of the questions is answered; a person answers the others',
  'handed-over': 'a person takes over now (people are on duty)',
  'handed-over-closed': 'a person takes over when we open again; {opens} says when',
  acknowledged: 'we have read it, thank you',
  praise: 'thank you for the kind words',
  complaint: 'we are sorry; said before a person takes over',
  abuse: 'we want to help; please keep it civil',
  'self-harm': 'where to find help now; then a person takes over',
  'still-needed': 'back to the form after an interruption; {ask} is the open question',
  'form-stopped': 'the customer wants to stop the form',
  unavailable: 'an action (such as an order look-up) did not answer; a person takes over',
  'returned-with': 'the bot goes on after a person; {promise} is what the person promised',
  returned: 'the bot goes on after a person, who promised nothing',
  language: 'we answer in our language only; a person takes over',
  'still-waiting': 'nobody has taken the case over yet; said once to a customer who waits for a person',
  'follow-up': 'a while after a person has helped: is all well?',
  busy: 'public: many write at the moment; we have read it and answer as soon as we can',
  introduction:
    'private: before the bot’s first words in a case: whoever reads this writes with an automated assistant',
  'introduction-public': 'public: the same before its first public words in a case, as short as can be',
  'privacy-notice': 'private: after the introduction, where `privacy-notice` names an address; {link} is that address',
  waiting: 'a customer who waits for a person asks whether anybody is there; said now and then',
  'waiting-closed': 'the same while nobody is on duty; {opens} says when people are back',
  noted: 'private: a customer who waits for a person asks something that we do not answer; said now and then',
  'in-danger':
    'a customer who waits for a person has told of danger, and tells or asks more: whom to ring now; {when} is when a person comes',
  declined: 'a customer who waits for a person wants none, and asks what only a person can answer; said now and then',
  'waiting-time':
    'a customer who waits for a person asks how long it takes; {due} is when a person should have answered',
  'confirm-again': 'private: yes or no, please? said where the answer to the form’s last question was neither',
  yes: 'private: the button under the form’s last question that says yes; at most 20 characters',
  no: 'private: the button beside it that says no; at most 20 characters',
  'form-wait': 'private: the customer needs a moment; no hurry',
  'form-change': 'private: they said no to what the form read back; {values} is what it has: what is to be changed?',
  'form-correct': 'private: a value of the form is wrong, and they did not say the right one; {need} is its name',
  'form-cannot': 'private: they do not have what the form asks for; another way, or a person',
  'form-which': 'private: they gave several values ({values}) where the form needs one: which of them?',
  'form-solved': 'private: they no longer need the form, because it is solved or they thank and go',
  'form-no-answer': 'private: we do not know the answer to what they asked in between; a person does',
  withdrawn: 'they take back what they have just said yes to, in time: nothing is done',
  'withdrawn-late': 'they take it back after it was passed on: a person sees that, and tells them how it stands',
} as const
export type SayingName = keyof typeof SAYINGS

/** What is said where the content has no words of its own: sayings that later versions of Warmline added. */
const DEFAULT_SAYINGS: { readonly [name in SayingName]?: string } = {
  'is-it': 'Is it about “{first}”?',
  'say-more': 'Could you tell me a little more about what you would like to know?',
  'told-all': 'That is all that our help pages say about it. Would you like a colleague to answer?',
  'one-at-a-time': 'One thing at a time: I begin with this. Please tell me about the rest again afterwards.',
  'answered-part': 'A colleague answers the rest of what you asked.',
  introduction: 'You are writing with an automated assistant.',
  'introduction-public': 'Automated assistant here.',
  'privacy-notice': 'How we handle what you write: {link}',
  waiting: 'Yes, we are here. A colleague is on the way.',
  'waiting-closed': 'Your message is kept for a colleague, who answers you here {opens}.',
  noted: "I've added that for my colleague to answer.",
  'in-danger':
    'If anybody is hurt or in danger, please do not wait for us: ring the emergency services now. A colleague comes back to you here {when}.',
  declined:
    "That's all right. I can't answer this one for certain, so a colleague reads it too. If I can help with anything else meanwhile, just ask.",
  'waiting-time': 'You are in our queue. We aim to answer you by {due}.',
  'confirm-again': 'Just to be sure: shall I go ahead, yes or no? Until you say yes, nothing is done.',
  yes: 'Yes',
  no: 'No',
  'form-wait': 'Take your time. Just write when you are ready.',
  'form-change': 'What should I change? I have: {values}.',
  'form-correct': 'What is the right {need}?',
  'form-cannot':
    "That's all right. If you can't find it, say “person” and a colleague looks for it in another way; otherwise just send it when you have it.",
  'form-which': 'I can look at one at a time. Which of these is it about: {values}?',
  'form-solved': "That's fine, I've closed this. If anything else comes up, just write.",
  'form-no-answer': "I can't answer that for certain. If you'd rather have a colleague, say “person”.",
  withdrawn: "I've stopped it: nothing is changed, and nobody carries it out. If there is anything else, just write.",
  'withdrawn-late':
    'That had already been passed on. A colleague sees at once that you have taken it back, and tells you here how it stands.',
}

const saying = (name: SayingName) => {
  const ours = DEFAULT_SAYINGS[name]
  return ours === undefined ? z.string() : z.string().default(ours)
}

const hours = z.string().regex(/^(closed|\d\d:\d\d-\d\d:\d\d)$/, 'expected `09:00-17:30` or `closed`')

/** One short sentence without a number or a link; it is said beside an answer and answers nothing. */
const courtesy = z.string().regex(/^\p{Lu}[\p{L} ,'\u2019-]{1,58}[.!]$/u, 'expected one short sentence without numbers')
const DEFAULT_COURTESIES = {
  opening: ['Thanks for asking.', 'Good question.', 'Happy to help.'],
  closing: ['I hope this helps.', 'Have a lovely day.'],
}

/** The sentence model that is part of Warmline; bars that name no model were chosen by hand, for it. */
const MODEL = 'minilm-l6-v2'

/** A chance from 0 to 1, or `never`: the bot does not answer by itself. */
const bar = z.union([z.number(), z.literal('never')], { error: 'expected a number from 0 to 1, or `never`' })

/** A name or words as people write them; no operators of a network's search. */
const phrase = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .&'\u2019-]{1,39}$/u, 'expected 2 to 40 letters, digits, blanks, dots or dashes')

/** `policies/brand.yaml`: who speaks, in which voice, how sure it has to be. */
export const brandFile = z.strictObject({
  name: z.string(),
  assistant: z.string(),
  /** Where the articles can be read: `{help}/{article id}`. */
  help: z.url(),
  /** Where people can read what becomes of their data; shown with the introduction in private. X asks for it. */
  'privacy-notice': z.url().optional(),
  languages: z.array(z.string().length(2)).min(1),
  hours: z.strictObject({
    zone: z.string(),
    monday: hours,
    tuesday: hours,
    wednesday: hours,
    thursday: hours,
    friday: hours,
    saturday: hours,
    sunday: hours,
  }),
  /** The share of answers that may be wrong; `knowledge calibrate` finds the confidences that keep to it. */
  risk: z.strictObject({ public: z.number(), private: z.number() }).optional(),
  /** How sure an answer has to be, 0 to 1. A brand that has not said so yet drafts for its agents only. */
  confidence: z
    .strictObject({
      public: bar,
      private: bar,
      /** From this on agents get drafts. */
      draft: z.number(),
      /** Where the sentence model cannot help; default: as above. */
      lexical: z.strictObject({ public: bar, private: bar }).optional(),
      /** The sentence model that `public` and `private` were found with; with another one nothing is answered alone. */
      model: z.string().default(MODEL),
    })
    .default({ public: 'never', private: 'never', draft: 0.3, model: MODEL }),
  /** Minutes of opening time until a ticket of each priority is due; those of `urgent` count day and night. */
  due: z.strictObject({ urgent: z.number(), high: z.number(), normal: z.number(), low: z.number() }),
  /** Seconds after a yes in which nobody carries it out, so that the customer can take it back. */
  grace: z.number().int().min(0).max(300).default(20),
  /** What is not left lying. Minutes of opening time, where nothing else is said; what is absent is off. */
  clock: z
    .strictObject({
      /** Minutes before a ticket is due at which people are warned. */
      'warn-before': z.number().optional(),
      /** A claimed ticket whose agent neither writes nor notes goes back to the queue. */
      'release-after': z.number().optional(),
      /** Whoever waits for a person hears once that they are not forgotten. */
      'reassure-after': z.number().optional(),
      /** Minutes, day and night, without a word in the network’s own inbox until the bot has the case again. */
      'network-inbox-after': z.number().optional(),
      /** Hours after a ticket was resolved: the customer is asked whether all is well. */
      'follow-up-after': z.number().optional(),
      /** Hours after a ticket was resolved in which a customer who needs a person again goes to whoever helped them. */
      'back-within': z.number().optional(),
    })
    .default({}),
  /** How tickets come to people: they take the next one, or are given it while on duty. */
  assignment: z.enum(['pull', 'automatic']).default('pull'),
  /** Why customers write, for whoever resolves a ticket to choose from; ids stay, names may change. */
  'contact-reasons': z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected small letters, digits and dashes, such as `late-delivery`'),
        name: z.string().trim().min(1).max(60),
        /** Dialogs and topics for which it is suggested. */
        about: z.array(z.string()).max(100).optional(),
      }),
    )
    .max(100)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two reasons have the same `id`')
    .default([]),
  /** What becomes of new public posts while the load is high: they wait, or are told so at once and then wait. */
  busy: z.strictObject({ public: z.enum(['queue', 'acknowledge']) }).default({ public: 'queue' }),
  /** How much may be offered to a customer in one case. What is absent is offered by nobody without a reason. */
  promises: z
    .strictObject({
      /** Goodwill, vouchers, credit and the like. */
      compensation: z.strictObject({ most: z.number().min(0), currency: z.string().length(3) }).optional(),
      /** Money back, where the case does not know what was paid. */
      refund: z.strictObject({ most: z.number().min(0), currency: z.string().length(3) }).optional(),
      /** Percent off. */
      discount: z.strictObject({ most: z.number().min(0).max(100) }).optional(),
      /** What the bot may offer by itself. */
      'by-bot': z.array(z.enum(['compensation', 'refund', 'discount'])).default([]),
    })
    .default({ 'by-bot': [] }),
  /** Posts that speak of us without being addressed to us. Absent: nobody looks for them, and nobody joins in. */
  proactive: z
    .strictObject({
      /** What we are called; a post has one of them in it. */
      terms: z.array(phrase).min(1).max(8),
      /** What shows that something else of that name is meant. */
      not: z.array(phrase).max(8).default([]),
      /** How many such posts a day may be brought to agents or answered; urgent ones are not counted. */
      'per-day': z.number().int().min(0).max(1000).default(20),
      /** How many of one person's, within `person-days`. */
      'per-person': z.number().int().min(0).max(100).default(1),
      'person-days': z.number().int().min(1).max(365).default(30),
      /** Minutes between two searches of a network; networks bill each post that is read. */
      every: z.number().int().min(1).max(1440).default(15),
    })
    .optional(),
  voice,
  /** What a language model may say before and after an answer, beside the article's own sentences. */
  courtesies: z.strictObject({ opening: z.array(courtesy).max(8), closing: z.array(courtesy).max(8) }).optional(),
  /** Hosts that may be linked. */
  links: z.array(z.string()),
  /** Our own phone numbers, addresses and the like, which may be said in public. */
  contacts: z.array(z.string()),
  avoid: z.array(z.string()),
  competitors: z.array(z.string()),
  /** Our accounts, as people name them, and those of whoever works for us. A message to another one is talk among people. */
  handles: z.array(z.string().regex(/^[\p{L}\p{N}_]{2,40}$/u, 'expected letters and digits, without the @')).optional(),
  sayings: z.strictObject(
    Object.fromEntries((Object.keys(SAYINGS) as SayingName[]).map((name) => [name, saying(name)])) as {
      [name in SayingName]: z.ZodString
    },
  ),
})
export type Brand = z.infer<typeof brandFile>
export type Proactive = NonNullable<Brand['proactive']>

/**
 * The least confidence at which the bot answers this audience by itself; Infinity: it does not. `by` is what found the
 * answer: `lexical`, or the name of a sentence model.
 */
export function confidenceThreshold({ confidence }: Pick<Brand, 'confidence'>, audience: Audience, by: string): number {
  const bars = by === 'lexical' ? (confidence.lexical ?? confidence) : by === confidence.model ? confidence : undefined
  const found = bars?.[audience] ?? 'never'
  return found === 'never' ? Number.POSITIVE_INFINITY : found
}

/** What a language model may say before and after an answer. */
export const courtesiesOf = ({ courtesies = DEFAULT_COURTESIES }: Pick<Brand, 'courtesies'>) => courtesies

/** What an automated assistant has to say of itself before its first words to an audience; `known`: to whom it has said so. EU AI Act Art. 50(1), X automation rules. */
export function introductionOf(
  brand: Pick<Brand, 'sayings' | 'privacy-notice'>,
  audience: Audience,
  known: readonly Audience[] = [],
): string | undefined {
  const { sayings, 'privacy-notice': link } = brand
  const isKnown = known.length > 0
  if (audience === 'public') return isKnown ? undefined : sayings['introduction-public']
  const parts = [
    ...(isKnown ? [] : [sayings.introduction]),
    ...(link ? [sayings['privacy-notice'].replace('{link}', link)] : []),
  ]
  return parts.length > 0 ? parts.join(' ') : undefined
}
