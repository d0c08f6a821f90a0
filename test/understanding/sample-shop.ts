// A small shop's content for the tests of understanding and answering.
import { type Article, articleHead, type Content } from '#content'
import { type Dialog, dialogFile } from '#dialog'
import { type Brand, SAYINGS, type SayingName } from '#policy'

/** The sentence model that the brand's confidences were found with. */
export const SURE = 'minilm-l6-v2'

const sayings = Object.fromEntries(Object.keys(SAYINGS).map((name) => [name, name])) as Record<SayingName, string>

const brand: Brand = {
  name: 'Pear & Fig',
  assistant: 'Fig',
  help: 'https://help.pearfig.example/a',
  languages: ['en'],
  hours: {
    zone: 'Europe/London',
    monday: '09:00-17:30',
    tuesday: '09:00-17:30',
    wednesday: '09:00-17:30',
    thursday: '09:00-17:30',
    friday: '09:00-17:30',
    saturday: 'closed',
    sunday: 'closed',
  },
  confidence: { public: 0.9, private: 0.8, draft: 0.3, model: SURE },
  grace: 20,
  due: { urgent: 15, high: 60, normal: 240, low: 1440 },
  clock: {},
  assignment: 'pull',
  'contact-reasons': [],
  busy: { public: 'queue' },
  promises: { 'by-bot': [] },
  voice: {},
  links: ['help.pearfig.example'],
  contacts: [],
  avoid: [],
  competitors: ['Plum & Co', 'Apricot'],
  sayings,
}

const article = (id: string, body: string, head: Partial<Article> & { title: string }): Article => ({
  ...articleHead.parse(head),
  id,
  body,
})

const articles: Article[] = [
  article(
    'returns',
    'You can return unused items within **30 days** of delivery. Items that were opened for hygiene reasons cannot be returned.\n\n## How it works\n\n1. Open *My orders* and choose the item.\n2. Print the [label](https://help.pearfig.example/label).\n3. Hand the parcel to any post office.\n\nThe refund arrives 5 to 7 days after we have the parcel.',
    {
      title: 'Returning an item',
      topic: 'returns',
      questions: [
        'How do I return something I bought?',
        'How long do I have to send an item back?',
        'What is your return policy?',
      ],
      not: ['How do I return to the previous page of the app?'],
    },
  ),
  article('delivery-times', 'Standard delivery takes 3 to 5 working days. Express delivery arrives the next day.', {
    title: 'How long delivery takes',
    topic: 'delivery',
    questions: ['How long does delivery take?', 'When will my parcel arrive?', 'Do you offer next day delivery?'],
  }),
  article('delivery-costs', 'Delivery is free for orders over 50 euros. Below that it costs 4.90 euros.', {
    title: 'What delivery costs',
    topic: 'delivery',
    questions: ['How much is shipping?', 'Is delivery free?', 'What are the delivery charges?'],
  }),
  article('payment', 'We take Visa, Mastercard, PayPal and bank transfer. Cash is not accepted.', {
    title: 'Ways to pay',
    topic: 'payment',
    questions: ['Which payment methods do you accept?', 'Can I pay with PayPal?', 'Do you take American Express?'],
  }),
  article('gift-cards', 'Gift cards are valid for three years. They can be used in the web shop and in all stores.', {
    title: 'Gift cards',
    topic: 'gifts',
    questions: ['How long is a gift card valid?', 'Where can I use my gift voucher?', 'Do gift cards expire?'],
  }),
  article('care', 'Wash linen at 40 degrees and dry it on a line. Do not tumble dry.', {
    title: 'Caring for linen',
    topic: 'products',
    questions: [
      'How do I wash linen sheets?',
      'Can linen go in the tumble dryer?',
      'What temperature for washing linen?',
    ],
  }),
  article('password', 'Choose Forgotten password on the sign-in page. We send you a link that works for one hour.', {
    title: 'Resetting your password',
    topic: 'account',
    questions: ['I forgot my password', "I can't log in to my account", 'How do I reset my password?'],
  }),
  article('store-hours', 'Our stores open Monday to Saturday from 10 to 19 o’clock.', {
    title: 'Opening hours of the stores',
    topic: 'stores',
    questions: ['When are your stores open?', 'What are your opening hours?', 'Are you open on Saturdays?'],
  }),
  article('vip-line', 'Write to vip@pearfig.example and quote the card number on your letter.', {
    title: 'The line for VIP customers',
    topic: 'account',
    audience: 'private',
    questions: ['How do VIP customers reach you?', 'Is there a VIP line?', 'I am a VIP customer, whom do I write to?'],
  }),
  article('goodwill', 'Agents may grant a goodwill voucher of up to 20 euros without asking.', {
    title: 'Goodwill vouchers',
    topic: 'money',
    audience: 'internal',
    questions: ['How large may a goodwill voucher be?', 'Can I grant compensation?', 'What is the goodwill limit?'],
  }),
]

const dialog = (id: string, topic: string, phrases: string[]): Dialog => ({
  ...dialogFile.parse({
    title: id,
    topic,
    owner: 'care',
    phrases,
    personal: true,
    examples: [{ title: 'one', lines: [{ customer: 'hello' }, { outcome: 'asked' }] }],
  }),
  id,
})

const dialogs: Dialog[] = [
  dialog('order-status', 'delivery', [
    'Where is my order?',
    'Where is my parcel?',
    'Can you track my package?',
    'My order has not arrived',
    'When does my order come?',
    'What is the status of my order?',
    'Has my order been shipped yet?',
    'I am still waiting for my delivery',
  ]),
  dialog('cancel-order', 'orders', [
    'I want to cancel my order',
    'Please cancel my order',
    'How can I cancel an order?',
    'Cancel the order I just placed',
    'I ordered by mistake, can I cancel?',
    'Stop my order from being sent',
    'I changed my mind about my order',
    'Can you cancel what I bought?',
  ]),
  dialog('damaged-item', 'complaints', [
    'My item arrived broken',
    'The glass was smashed when I opened the box',
    'My order is damaged',
    'I received a faulty lamp',
    'The vase has a crack',
    'It came broken',
    'The product is defective',
    'The item I got is scratched',
  ]),
]

export const SHOP: Content = {
  version: '000000000001',
  dir: '/nowhere',
  brand,
  rules: [],
  incidents: [],
  policyExamples: [],
  signals: [],
  savedReplies: [],
  dialogs,
  articles,
  messages: [],
  warnings: [],
}
