// Endpoints that say who looks at a ticket, and where they type.
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../endpoint.ts'
import { TYPED_IN, VIEWING_MS, type Viewer, type Viewers } from '../../viewers.ts'
import * as common from '../common.schema.ts'

const viewingBody = z.object({
  tab: z.string().min(1).max(100).meta({ description: 'names the page that looks' }),
  typing: z.enum(TYPED_IN).optional().meta({ description: 'on which side a text is being typed' }),
  gone: z.boolean().optional().meta({ description: 'the page shows the ticket no longer' }),
})

export const viewingEndpoints = (viewers: Viewers): Endpoint[] => [
  endpoint({
    method: 'put',
    path: '/api/tickets/:id/viewing',
    does: `Says that I look at the ticket, and on which side I type; say it again within ${VIEWING_MS / 1000} seconds. Answers with all who look.`,
    access: 'tickets',
    body: viewingBody,
    answer: common.viewers,
    run: async ({ params, account, body: { tab, typing, gone } }): Promise<{ viewers: readonly Viewer[] }> => {
      const { id = '' } = params
      const page = `${account.email} ${tab}`
      if (gone) await viewers.leave(id, page)
      const { email, name } = account
      return { viewers: gone ? [] : await viewers.look(id, page, { email, name, typing }) }
    },
  }),
]
