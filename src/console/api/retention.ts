// Endpoints of retention: erasure receipts, and erasure of a customer.

import { ProblemError } from '#http'
import type { Retention } from '#retention'
import { type Endpoint, endpoint } from '../endpoint.ts'
import * as shape from './common.schema.ts'

export function retentionEndpoints(retention: Pick<Retention, 'erase' | 'receipts'>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/receipts',
      does: 'What was removed for good, newest first: ids, times and counts. At most 500.',
      access: 'leads',
      answer: shape.receipts,
      run: async () => ({ receipts: await retention.receipts() }),
    }),
    endpoint({
      method: 'post',
      path: '/api/customers/:id/erase',
      does: 'Removes all that is known of a customer, an open ticket too. What is gone cannot be brought back.',
      access: 'admin',
      problems: [404],
      run: async ({ params, account }) => {
        if (await retention.erase(params.id ?? '', account.email)) return
        throw new ProblemError(404, 'nothing is known of a customer with that id')
      },
    }),
  ]
}
