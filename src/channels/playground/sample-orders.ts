// A sample order service for the playground, so that dialogs have something to look up. People are fictitious.

/** What the sample order service answers. `eta` is a day such as 2026-11-22. */
export type SampleOrder = {
  readonly number: string
  readonly status: string
  readonly eta: string
  readonly carrier: string
}

/** The variable whose service it stands in for, where that is not set. */
export const SAMPLE_SERVICE = 'ORDER_SERVICE_URL'

const DAY_MS = 86_400_000

/** Number, e-mail address, status, days from now until it comes (negative: since it came), carrier. */
const ORDERS: readonly (readonly [number: string, email: string, status: string, days: number, carrier: string])[] = [
  ['HL-20419', 'ana@example.com', 'on its way', 1, 'DPD'],
  ['HL-20420', 'ana@example.com', 'packed', 3, 'DPD'],
  ['HL-20533', 'ben@example.com', 'delivered', -1, 'Royal Mail'],
  ['HL-20611', 'chloe@example.com', 'delivered', -2, 'DPD'],
  ['HL-20702', 'dev@example.com', 'delivered', -4, 'Royal Mail'],
  ['HL-20815', 'elif@example.com', 'out for delivery', 0, 'DPD'],
  ['HL-20904', 'femi@example.com', 'received and not packed yet', 4, 'Royal Mail'],
  ['HL-20950', 'grace@example.com', 'received and not packed yet', 5, 'DPD'],
  ['HL-21004', 'hana@example.com', 'packed', 2, 'Royal Mail'],
  ['HL-21117', 'ivan@example.com', 'waiting for the delivery day you chose', 9, 'Harbour Lane’s own van'],
  ['HL-21230', 'jo@example.com', 'delayed at the courier’s depot', 2, 'DPD'],
  ['HL-31877', 'priya@example.com', 'out for delivery', 0, 'Royal Mail'],
]

/**
 * The order of that number if it was placed with that e-mail address. A wrong address is answered as a wrong number
 * is: nobody learns whose order it is.
 */
export function sampleOrders(now: () => number): (number: string, email: string) => SampleOrder | undefined {
  return (number, email) => {
    const found = ORDERS.find(
      ([known, owner]) => known === number.trim().toUpperCase() && owner === email.trim().toLowerCase(),
    )
    if (!found) return undefined
    const [known, , status, days, carrier] = found
    return { number: known, status, eta: new Date(now() + days * DAY_MS).toISOString().slice(0, 10), carrier }
  }
}

/** What the service of the playground answers, without the playground: to be handed over in place of `fetch`. */
export function sampleOrderService(now: () => number): typeof fetch {
  const orders = sampleOrders(now)
  return async (address) => {
    const { pathname, searchParams } = new URL(String(address))
    const number = decodeURIComponent(pathname.split('/').at(-1) ?? '')
    const order = orders(number, searchParams.get('email') ?? '')
    return order ? Response.json(order) : new Response(null, { status: 404 })
  }
}
