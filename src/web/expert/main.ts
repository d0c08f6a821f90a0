// The page on which an expert outside reads a question and answers it. Without a library: whoever has the link has a small page.
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import './expert.css'
import type { z } from 'zod'
import type * as shape from '../../console/api/expert.schema.ts'

type Question = z.infer<typeof shape.question>

/** As the service takes it. */
const LONGEST = 10_000
const AUTHORS = {
  customer: 'Customer',
  assistant: 'Automated assistant',
  team: 'Our team',
  other: 'Somebody else',
} as const

/** As the service masks. */
const MASKED = /\[[a-z-]+\]/

const root = document.querySelector('#expert')
// What stands after `#` stays in this browser; only the service is told it, in the body of a request.
const token = location.hash.slice(1)

type Answer<T> = { readonly data: T } | { readonly because: string; readonly isOver: boolean }

async function ask<T>(path: string, body: object): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      referrerPolicy: 'no-referrer',
    })
    const said = (await answer.json()) as T & { detail?: string }
    if (answer.ok) return { data: said }
    return {
      because: sentence(said.detail ?? 'something broke on our side; try again in a moment'),
      isOver: answer.status === 404 || answer.status === 409,
    }
  } catch {
    return { because: 'The service cannot be reached. Check your connection and try again.', isOver: false }
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.!?]?$/, '.')}`

/** An element with its class, and texts or elements in it; text is never read as HTML. */
function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...inside: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const one = document.createElement(name)
  if (className) one.className = className
  one.append(...inside)
  return one
}

function show(...parts: readonly Node[]): void {
  root?.replaceChildren(...parts)
}

/** The page is about something else now: it is read from its heading on. */
function end(title: string, text: string): void {
  document.title = title
  const heading = make('h1', '', title)
  heading.tabIndex = -1
  show(heading, make('p', '', text))
  heading.focus()
}

function messagesOf({ messages }: Question): readonly Node[] {
  if (messages.length === 0) return []
  const masked = make('p', 'faint', 'Words in square brackets stand for private data that you need not see.')
  const list = make(
    'ol',
    'expert-messages',
    ...messages.map(({ author, text, at }) => {
      const time = make('time', 'numbers', new Date(at).toLocaleString())
      time.dateTime = new Date(at).toISOString()
      const words = make('p', 'expert-text', text)
      words.dir = 'auto'
      return make(
        'li',
        `expert-message ${author}`,
        make('p', 'expert-head', make('strong', '', AUTHORS[author]), ' ', time),
        words,
      )
    }),
  )
  return [
    make('h2', '', 'From the conversation'),
    ...(messages.some(({ text }) => MASKED.test(text)) ? [masked] : []),
    list,
  ]
}

function draw(question: Question): void {
  document.title = `A question from ${question.brand}`
  const trouble = make('div', 'notice danger')
  trouble.role = 'alert'
  trouble.hidden = true
  const label = make('label', 'label', 'Your answer')
  label.htmlFor = 'answer'
  const box = make('textarea', 'input')
  box.id = 'answer'
  box.rows = 8
  box.maxLength = LONGEST
  box.dir = 'auto'
  box.setAttribute('aria-describedby', 'answer-help')
  const help = make(
    'p',
    'faint',
    'Our team reads it, not the customer. You can answer once. Write no passwords and no card numbers.',
  )
  help.id = 'answer-help'
  const button = make('button', 'button primary', 'Send the answer')
  button.type = 'submit'
  const form = make('form', 'expert-form', label, box, help, trouble, button)
  const tell = (text: string) => {
    trouble.replaceChildren(make('p', '', text))
    trouble.hidden = text === ''
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (!box.value.trim()) {
      tell('Write an answer first.')
      box.focus()
      return
    }
    button.disabled = true
    const answer = await ask<{ done: true }>('/api/expert/answer', { token, text: box.value })
    button.disabled = false
    if ('data' in answer) end('Thank you', 'Your answer has arrived. You can close this page.')
    // What was written stays in sight, so that it can be copied.
    else tell(answer.because)
  })
  const words = make('p', 'expert-question', question.question)
  words.dir = 'auto'
  const until = new Date(question.until).toLocaleString([], { dateStyle: 'long', timeStyle: 'short' })
  show(
    make('p', 'expert-brand', question.brand),
    make('h1', '', `A question for ${question.name}`),
    words,
    ...messagesOf(question),
    form,
    make('p', 'faint', `This link is for you alone. It holds until ${until}.`),
  )
}

async function open(): Promise<void> {
  if (!token) {
    end('This link is not complete', 'Copy all of the link that you were sent, with what stands after the sign #.')
    return
  }
  show(make('p', '', 'Loading…'))
  const answer = await ask<Question>('/api/expert/question', { token })
  if ('data' in answer) draw(answer.data)
  else end(answer.isOver ? 'This link does not work any more' : 'That did not work', answer.because)
}

addEventListener('hashchange', () => location.reload())
void open()
