// The public posts of the playground.
import { useMemo, useState } from 'react'
import { Act } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { WordsBox } from './composer.tsx'
import { Thread } from './thread.tsx'
import type { Network, Post } from './use-timeline.ts'

const SAMPLES = [
  'Do you ship to Ireland?',
  'My lamp arrived broken and nobody answers!',
  'I want my money back for order HL-20419',
  'Love the new mugs, thank you!',
]

type Props = { customer: string; network: Network; onPrivate: () => void }

/** The shop's public wall: threads, the newest first. */
export function Wall({ customer, network, onPrivate }: Props) {
  const [answering, setAnswering] = useState<Post>()
  const [aside, setAside] = useState(false)
  const posts = network.timeline?.posts
  const threads = useMemo(() => arrange(posts ?? []), [posts])

  const send = async (text: string) => {
    const sent = await network.post(text, { inReplyTo: answering?.id, aside })
    if (sent) setAnswering(undefined)
    return sent
  }
  const answer = (post: Post) => {
    setAnswering(post)
    document.querySelector<HTMLElement>('.wall textarea')?.focus()
  }

  return (
    <main className="wall" id="wall" tabIndex={-1}>
      <h2>
        <Icon name="globe" /> Harbour Lane’s wall <span>everybody can read it</span>
      </h2>
      <WordsBox
        label="Post publicly"
        placeholder={`Write to @HarbourLane as ${customer}`}
        button="Post"
        samples={SAMPLES}
        onSend={send}
      >
        <label className="aside">
          <input type="checkbox" checked={aside} onChange={(event) => setAside(event.target.checked)} />
          To everybody, not to the shop
        </label>
        {answering ? (
          <p className="answering">
            <Icon name="reply" /> In answer to {answering.author}: “{answering.text.slice(0, 60)}”
            <Act small look="quiet" aria-label="Do not answer" onPress={() => setAnswering(undefined)}>
              <Icon name="cross" />
            </Act>
          </p>
        ) : null}
      </WordsBox>
      {posts && posts.length === 0 ? (
        <div className="empty">
          <Icon name="harbour" />
          <strong>Nobody has posted yet</strong>
          <p>
            Try a question in public, or message the shop privately:
            <br />
            “Where is my order HL-20419? My mail is ana@example.com”
          </p>
        </div>
      ) : null}
      <ol className="threads" aria-live="polite" aria-relevant="additions" aria-label="Posts">
        {threads.map((thread) => (
          <Thread key={thread[0]?.id} posts={thread} me={customer} onAnswer={answer} onPrivate={onPrivate} />
        ))}
      </ol>
    </main>
  )
}

/** Posts with everything that answers them, directly or not; threads with the latest beginning first. */
function arrange(posts: readonly Post[]): Post[][] {
  const known = new Map(posts.map((post) => [post.id, post]))
  const rootOf = (post: Post): string => {
    const seen = new Set<string>()
    let at = post
    for (let up = at.inReplyTo; up && known.has(up) && !seen.has(up); up = at.inReplyTo) {
      seen.add(up)
      at = known.get(up) ?? at
    }
    return at.id
  }
  const byTime = [...posts].sort((one, other) => +new Date(one.at) - +new Date(other.at))
  const threads = Map.groupBy(byTime, rootOf)
  return [...threads.values()].reverse()
}
