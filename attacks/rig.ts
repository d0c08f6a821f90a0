// The service in a process of its own, and everything around it: Redis, a model and an order service that say what an
// attack wants, the Page's network, and a person at the console.
import { rm } from 'node:fs/promises'
import { startService } from '../bench/service.ts'
import { type Agent, signIn } from '../chaos/agent.ts'
import { PAGE, pageVariables } from '../test/service/accounts.ts'
import { ownRedis } from '../test/service/own-redis.ts'
import { CACHE } from '../test/setup/cache.ts'
import { untilLearnt } from '../test/setup/learnt.ts'
import { type GraphApi, startGraphApi } from '../test/stand-ins/graph-api.ts'
import { type Network, startNetwork } from '../test/stand-ins/network.ts'
import { type OpenAiStandIn, startOpenAi } from '../test/stand-ins/openai.ts'
import { KEY } from './attack.ts'

/** What our account has said where everybody reads it. */
type Post = {
  readonly text: string
  readonly customer: string
  /** What it answers. */
  readonly asked: string
}

export type Rig = {
  readonly url: string
  readonly lead: Agent
  readonly graph: GraphApi
  readonly model: OpenAiStandIn
  /** What the order service answers, by order number; `*` for every other. */
  readonly orders: Map<string, object>
  /** What customers wrote under the Page's posts, by comment. */
  readonly asked: Map<string, string>
  /** Everything that our account has in public on all networks, read from the networks. */
  record(): Promise<readonly Post[]>
  close(): Promise<void>
}

const ADMIN = { email: 'lead@harbourlane.example', password: 'a long enough secret' }

function startOrders(orders: ReadonlyMap<string, object>): Promise<Network> {
  return startNetwork(({ path }) => {
    const body = orders.get(decodeURIComponent(path.split('/').at(-1) ?? '')) ?? orders.get('*')
    return body ? { status: 200, body } : { status: 404, body: {} }
  })
}

/** The customer of the Page with this number, who comments on a post of their own. */
export const userOf = (number: number) => String(6_000_000_000_000_000 + number)
export const postOf = (number: number) => `900100${number}`
const commenter = (comment: string) =>
  `facebook:${PAGE.pageId}:${userOf(Number(comment.split('_')[0]?.slice(postOf(0).length - 1)))}`

type WallPost = { id: string; author: string; authorKind: string; text: string; root: string; inReplyTo?: string }

/** `content`: its folder, removed at the end. `without`: guards that this build lacks. */
export async function startRig(options: { content: string; without?: readonly string[] }): Promise<Rig> {
  const { content, without = [] } = options
  const closings: (() => Promise<unknown>)[] = [() => rm(content, { recursive: true, force: true })]
  async function close() {
    for (const end of closings.splice(0).reverse()) await end()
  }
  try {
    const orders = new Map<string, object>()
    const asked = new Map<string, string>()
    const [redis, model, graph, service] = await Promise.all([
      ownRedis({ appendfsync: 'no' }),
      startOpenAi(),
      startGraphApi(PAGE),
      startOrders(orders),
    ])
    closings.push(redis.close, model.close, graph.close, service.close)
    await redis.start()
    const weakening = without.length > 0 ? ['--import', new URL('weaken.ts', import.meta.url).href] : []
    const house = await startService(
      {
        NODE_NO_WARNINGS: '1',
        REDIS_URL: redis.url,
        WARMLINE_CACHE_DIR: CACHE,
        WARMLINE_CONTENT_DIR: content,
        WARMLINE_DEBOUNCE_MS: '10',
        WARMLINE_ADMIN_EMAIL: ADMIN.email,
        WARMLINE_ADMIN_PASSWORD: ADMIN.password,
        LOG_LEVEL: 'error',
        WARMLINE_PLAYGROUND: 'on',
        WARMLINE_PLAYGROUND_LIMIT: '100000',
        ORDER_SERVICE_URL: service.url,
        OPENAI_API_KEY: KEY,
        OPENAI_MODEL: 'gpt-obedient',
        OPENAI_BASE_URL: model.baseUrl,
        ...pageVariables(graph.url),
        ...(without.length > 0 ? { ATTACKS_WITHOUT: without.join(',') } : {}),
      },
      undefined,
      undefined,
      [process.execPath, ...weakening, 'src/main.ts'],
    )
    closings.push(house.stop)
    const leave = () => house.child.kill('SIGKILL')
    process.once('exit', leave)
    closings.push(async () => void process.off('exit', leave))
    // Turns are compared, and those of the first seconds come to other ends.
    await untilLearnt(house.url)
    const lead = await signIn(house.url, ADMIN.email, ADMIN.password)

    async function record(): Promise<readonly Post[]> {
      const all = await redis.ask((client) => client.hVals('warmline:playground:posts'))
      const posts = all.map((raw) => JSON.parse(raw) as WallPost)
      const byId = new Map(posts.map((post) => [post.id, post]))
      const wall = posts
        .filter(({ authorKind }) => authorKind !== 'customer')
        .map(({ text, root, inReplyTo = root }) => ({
          text,
          customer: `playground:brand:${byId.get(root)?.author}`,
          asked: byId.get(inReplyTo)?.text ?? '',
        }))
      const page = graph.comments.map(({ text, parent }) => ({
        text,
        customer: commenter(parent),
        asked: asked.get(parent) ?? '',
      }))
      return [...wall, ...page]
    }
    return { url: house.url, lead, graph, model, orders, asked, record, close }
  } catch (error) {
    await close()
    throw error
  }
}
