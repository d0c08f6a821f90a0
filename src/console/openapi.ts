// Makes the OpenAPI document from the endpoints.
import { z } from 'zod'
import { deskEvent, draftEvent, policyEvent, problem } from './api/common.schema.ts'
import type { Access, Endpoint } from './endpoint.ts'

type Json = Record<string, unknown>

const EVENTS = 'text/event-stream'

/** Statuses of the problems that any endpoint may answer with. */
const commonOf = (access: Access) => (access === 'anyone' ? [400] : access === 'signed-in' ? [401] : [401, 403])

/** An OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1). */
export function openApiOf(endpoints: readonly Endpoint[], cookie: string): Json {
  const schemas: Record<string, Json> = {}

  function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs = {},
      ...schema
    } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Json & {
      $defs?: Record<string, Json>
    }
    for (const [name, definition] of Object.entries($defs)) schemas[name] = refer(definition)
    return refer(schema)
  }

  const problemResponse = (status: number) => [
    String(status),
    {
      description: 'A problem document (RFC 9457)',
      content: { 'application/problem+json': { schema: schemaOf(problem, 'output') } },
    },
  ]

  function operation(one: Endpoint): Json {
    const { answer, stream, body, query, access } = one
    const ok = answer
      ? { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, 'output') } } }
      : stream
        ? {
            description:
              stream === EVENTS
                ? 'A stream; `data` is a DeskEvent, a DraftEvent, a ViewersEvent, a BotPausesEvent or a PolicyEvent'
                : 'Done',
            content: { [stream]: { schema: { type: 'string' } } },
          }
        : { description: 'Done' }
    const statuses = new Set([...commonOf(access), ...(body ? [400, 413, 415] : []), ...(one.problems ?? [])])
    return {
      summary: one.does,
      operationId: `${one.method} ${one.path}`.replace(/[^a-z]+([a-z])/gi, (_, letter) => letter.toUpperCase()),
      ...(access === 'anyone' ? { security: [] } : {}),
      parameters: [
        ...[...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        ...(query ? queryParameters(schemaOf(query, 'input')) : []),
      ],
      ...(body
        ? {
            requestBody: {
              required: !body.safeParse(undefined).success,
              content: { 'application/json': { schema: schemaOf(body, 'input') } },
            },
          }
        : {}),
      responses: {
        [answer || stream ? '200' : '204']: ok,
        ...Object.fromEntries([...statuses].sort().map(problemResponse)),
      },
    }
  }

  const paths: Record<string, Json> = {}
  for (const one of endpoints) {
    const path = one.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [one.method === 'del' ? 'delete' : one.method]: operation(one) }
  }
  schemaOf(deskEvent, 'output')
  schemaOf(draftEvent, 'output')
  schemaOf(policyEvent, 'output')
  return {
    openapi: '3.1.1',
    info: {
      title: 'Warmline console API',
      version: '1',
      description:
        'Unsafe methods take JSON from the console’s own origin. Errors are problem documents whose `detail` is for people.',
    },
    security: [{ session: [] }],
    paths,
    components: { schemas, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie } } },
  }
}

function queryParameters(schema: Json): Json[] {
  const properties = (schema.properties ?? {}) as Record<string, Json>
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: 'query',
    ...(description ? { description } : {}),
    schema: one,
  }))
}

/** Points references at the document's components. */
function refer<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
