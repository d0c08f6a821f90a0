// A public post with its replies.
import { Act } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { exactly, moment } from '../ui/relative-time.ts'
import { type Direct, kindOf, type Post } from './use-timeline.ts'

type Props = {
  posts: readonly Post[]
  me: string
  onAnswer: (post: Post) => void
  onPrivate: () => void
}

/** A post and its answers. */
export function Thread({ posts, me, onAnswer, onPrivate }: Props) {
  return (
    <li className="thread-card">
      <ol>
        {posts.map((post) => (
          <li key={post.id} className={`post ${kindOf(post)} ${post.hidden ? 'is-hidden' : ''}`}>
            <Avatar of={post} />
            <div>
              <Byline of={post} me={me} />
              {post.hidden ? (
                <p className="hidden-note">
                  <Icon name="eye" /> Hidden by the shop; only its author still sees it.
                </p>
              ) : null}
              <p className="post-text" dir="auto">
                {post.text}
              </p>
              {post.invite ? (
                <Act small onPress={onPrivate}>
                  <Icon name="lock" /> Message us privately
                </Act>
              ) : null}
              {post.hidden ? null : (
                <Act small look="quiet" aria-label={`Answer ${post.author}`} onPress={() => onAnswer(post)}>
                  <Icon name="reply" /> Answer
                </Act>
              )}
            </div>
          </li>
        ))}
      </ol>
    </li>
  )
}

export function Byline({ of, me }: { of: Direct; me: string }) {
  const kind = kindOf(of)
  return (
    <p className="byline">
      <strong>{of.author}</strong>
      {kind === 'customer' ? null : <span className={`chip ${kind === 'bot' ? 'good' : 'warm'}`}>{kind}</span>}
      {kind === 'customer' && of.author === me ? <span className="chip">you</span> : null}
      <time dateTime={new Date(of.at).toISOString()} title={exactly(of.at)}>
        {moment(of.at)}
      </time>
    </p>
  )
}

function Avatar({ of }: { of: Direct }) {
  return (
    <span className="avatar" aria-hidden="true">
      {kindOf(of) === 'customer' ? of.author.slice(0, 1).toUpperCase() : <Icon name="harbour" />}
    </span>
  )
}
