// Stores the playground's public posts and direct messages in Redis.
import type { Redis } from '#redis'
import { KEYS } from '#redis/keys'

type Post = {
  readonly id: string
  readonly author: string
  readonly authorKind: 'customer' | 'bot' | 'agent'
  readonly text: string
  readonly inReplyTo?: string
  readonly at: number
  readonly hidden: boolean
  /** The reply asks the customer to write privately. */
  readonly invite?: boolean
  /** The first post of its thread. */
  readonly root: string
}

type DirectMessage = Pick<Post, 'id' | 'author' | 'authorKind' | 'text' | 'at'> & {
  /** Titles of its buttons; a tap says the title. */
  readonly quickReplies?: readonly string[]
}

const POSTS = KEYS.channel.posts()
const BY_TIME = KEYS.channel.postsByTime()
const CHANGED = KEYS.channel.playgroundChanged()
const dmsOf = KEYS.channel.directMessages
const SHOWN = 300

export type PlaygroundStore = {
  post(post: Omit<Post, 'root' | 'hidden'>): Promise<Post>
  find(id: string): Promise<Post | undefined>
  /** Takes away a post, or a direct message of this customer. */
  remove(id: string, customer: string): Promise<void>
  /** Takes away all direct messages of this customer. */
  removeMessages(customer: string): Promise<void>
  hide(id: string): Promise<boolean>
  message(customer: string, message: DirectMessage): Promise<void>
  findMessage(customer: string, id: string): Promise<boolean>
  timeline(customer: string): Promise<{ posts: Post[]; dms: DirectMessage[] }>
  /** Calls back whenever something on the wall or in anybody's messages changes. */
  listen(listener: () => void): () => void
}

/** Writing the same id twice changes nothing: sends to the playground may be repeated. */
export async function openPlaygroundStore(redis: Redis, subscriber: Redis): Promise<PlaygroundStore> {
  const listeners = new Set<() => void>()
  await subscriber.subscribe(CHANGED, () => {
    for (const listener of listeners) listener()
  })
  const changed = () => redis.publish(CHANGED, '')

  async function find(id: string): Promise<Post | undefined> {
    const raw = await redis.hGet(POSTS, id)
    return raw ? (JSON.parse(raw) as Post) : undefined
  }

  return {
    find,
    async post(given) {
      const parent = given.inReplyTo ? await find(given.inReplyTo) : undefined
      const post: Post = { ...given, hidden: false, root: parent?.root ?? given.id }
      await redis.hSetNX(POSTS, post.id, JSON.stringify(post))
      await redis.zAdd(BY_TIME, { value: post.id, score: post.at }, { condition: 'NX' })
      await changed()
      return post
    },
    async remove(id, customer) {
      await redis.zRem(BY_TIME, id)
      await redis.hDel(POSTS, id)
      await redis.hDel(dmsOf(customer), id)
      await changed()
    },
    async removeMessages(customer) {
      await redis.del(dmsOf(customer))
      await changed()
    },
    async hide(id) {
      const post = await find(id)
      if (!post) return false
      await redis.hSet(POSTS, id, JSON.stringify({ ...post, hidden: true }))
      await changed()
      return true
    },
    async message(customer, message) {
      const key = dmsOf(customer)
      await redis.hSetNX(key, message.id, JSON.stringify(message))
      await changed()
    },
    findMessage: async (customer, id) => (await redis.hExists(dmsOf(customer), id)) === 1,
    async timeline(customer) {
      const ids = await redis.zRange(BY_TIME, -SHOWN, -1)
      const [posts, dms] = await Promise.all([ids.length ? redis.hmGet(POSTS, ids) : [], redis.hVals(dmsOf(customer))])
      return {
        posts: posts.flatMap((raw) => (raw ? [JSON.parse(raw) as Post] : [])),
        dms: dms.map((raw) => JSON.parse(raw) as DirectMessage).toSorted((a, b) => a.at - b.at),
      }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
