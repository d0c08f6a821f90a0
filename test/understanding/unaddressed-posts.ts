// Posts of our own that speak of Harbour Lane without addressing it, and what a considerate colleague would do.
import type { Aside } from '#domain'

export type Heard = { readonly text: string; readonly aside?: Aside }

const answers: Aside = { answers: true }
const quotes: Aside = { quotes: true }
const plainly = (...texts: readonly string[]): Heard[] => texts.map((text) => ({ text }))
const among = (aside: Aside, ...texts: readonly string[]): Heard[] => texts.map((text) => ({ text, aside }))

/** Somebody would be glad of our help. */
export const HELPABLE: readonly Heard[] = plainly(
  'Does anyone know if Harbour Lane deliver to Northern Ireland?',
  'Been waiting three weeks for my Harbour Lane bookcase and still no tracking number',
  'My Harbour Lane lamp arrived with a crack right through the base',
  'anyone know how to return something to harbour lane without the box?',
  'Harbour Lane website keeps crashing at checkout, tried three times now',
  'Ordered two chairs from Harbour Lane, one box turned up. Where is the other one??',
  'Is the Harbour Lane sofa bed comfy enough for guests? Thinking of buying one',
  "Harbour Lane charged me twice for the same rug and I can't find a phone number",
  'Trying to work out how you wash the linen covers from Harbour Lane',
  "Third time this month the Harbour Lane driver says he couldn't find our house",
  'So disappointed with my new Harbour Lane table, one leg is shorter than the others',
  "How long do Harbour Lane refunds take? It's been nine days",
  'Harbour Lane sent me the wrong colour cushions, I ordered sage and got grey',
  'Can you use a Harbour Lane gift card online or only in the shop?',
  'no confirmation email from Harbour Lane, did my order go through?',
  'Missing screws in my Harbour Lane flatpack. Half a bed it is then',
  "What's the Harbour Lane delivery charge for a wardrobe these days",
  "I can't log in to my Harbour Lane account, the reset link never comes",
  "Harbour Lane promised delivery today between 8 and 12. It's 4pm. Took a day off for this.",
  'Has anybody had a swatch from Harbour Lane? Waited two weeks for mine',
  "The drawers on our Harbour Lane dresser won't close, is there a trick to it?",
  'wish harbour lane would answer the phone, 40 minutes on hold about a broken mirror',
  'Wondering if Harbour Lane price match, the same lamp is £20 cheaper today',
  'Does the Harbour Lane warranty cover a wobbly table leg?',
  'Harbour Lane cancelled my order without telling me why',
)

/** Nobody asked us. */
export const ALONE: Readonly<Record<string, readonly Heard[]>> = {
  news: plainly(
    'Harbour Lane to open ten new stores across the north, creating 400 jobs | Bristol Post',
    'BREAKING: Harbour Lane reports record profits as homeware sales rise 12%',
    'Harbour Lane shares fall after Christmas trading update',
    'Homeware chain Harbour Lane names new chief executive https://news.example/hl',
    'Why Harbour Lane moved its warehouse to Avonmouth – our interview with the founder https://news.example/2',
  ),
  sarcasm: plainly(
    'Oh great, another Harbour Lane sale email. Just what my Monday needed',
    'Wow Harbour Lane, £200 for a bin. Bargain 🙄',
    'Gotta love Harbour Lane, nothing says quality like a wobbly table',
    'Thanks Harbour Lane for nothing, great way to spend a Saturday',
    'yeah right, Harbour Lane "sale". Sure.',
  ),
  competitors: plainly(
    'IKEA do the same shelf as Harbour Lane for half the price',
    'Dunelm or Harbour Lane for curtains?',
    'Wayfair took six weeks, Harbour Lane took three days. Easy choice.',
    'My John Lewis sofa arrived broken, should have gone to Harbour Lane',
    'Is Argos delivery as slow as Harbour Lane?',
  ),
  conversation: [
    ...among(
      answers,
      "yes it's the Harbour Lane one, isn't it lovely?",
      "haha no mine's from Harbour Lane, they sent the wrong one first but it's fine",
      'Where did you get it? Harbour Lane?',
      'same, my Harbour Lane order is late too',
    ),
    ...plainly(
      '@tom @liz did yours come from Harbour Lane in the end?',
      '@mum can you bring the Harbour Lane boxes when you come Sunday?',
    ),
  ],
  quotes: [
    ...plainly("RT @homestyle: Harbour Lane's autumn range is here, what do you think?"),
    ...among(quotes, 'this 👇 every Harbour Lane delivery ever', "Couldn't agree more, why is Harbour Lane so slow?"),
  ],
  jokes: plainly(
    "If I were a piece of furniture I'd be a Harbour Lane footstool lol",
    'my toxic trait is thinking I can build a Harbour Lane wardrobe alone 😂',
    "Knock knock. Who's there? Not your Harbour Lane driver 😂",
    'me: we need to save money. also me, at 2am: *adds Harbour Lane rug to basket*',
    'My cat has declared war on the Harbour Lane cushion and the cushion is winning',
  ),
  jobs: plainly(
    "We're hiring! Visual merchandiser at Harbour Lane, Bristol. Apply now https://jobs.example/1",
    'Got the job at Harbour Lane!! Start Monday',
    'Harbour Lane is looking for seasonal warehouse staff, £12.50 an hour, link in bio',
    'Interview at Harbour Lane tomorrow, any tips?',
  ),
  praise: plainly(
    'Love my new Harbour Lane mugs',
    'Shout out to Harbour Lane, sofa came a day early and the driver was lovely',
    'The Harbour Lane candle smells amazing',
    'Honestly Harbour Lane customer service is the best, sorted in five minutes',
  ),
  spam: plainly(
    'Get 50% off Harbour Lane with my code SAVE50, click the link to claim your free gift',
    'Win a Harbour Lane voucher! Follow and retweet to enter',
    'Selling: Harbour Lane sideboard, good condition, £80 collection only',
    'FREE Harbour Lane gift card giveaway, DM me to claim',
  ),
  'another of that name': plainly(
    'The council is closing Harbour Lane to traffic from Monday, use Quay Road',
    'House for sale on Harbour Lane, three bedrooms, sea view',
    'Pile up on Harbour Lane this morning, avoid if you can',
  ),
  'no need': plainly(
    'Sitting in the Harbour Lane café waiting for the rain to stop',
    'New rug day! From Harbour Lane',
    'Walked past Harbour Lane and the window is all orange this year',
    'Harbour Lane is closed on Sundays, for anyone wondering',
    'Harbour Lane is everything wrong with the high street',
    'not setting foot in Harbour Lane again, ever',
    'I worked at Harbour Lane for six years, best people',
    'Does anyone remember the old Harbour Lane catalogue? Childhood right there',
    'Who else is queuing outside Harbour Lane for the sale?',
    'Harbour Lane but make it goth',
    'Is it just me or does Harbour Lane smell of cinnamon all year?',
    'My parcel is late and nobody answers the phone',
  ),
}

/**
 * Written before the scorer was. Its first look at them found 13 of these 15 and none of those to be left alone; two ways to
 * ask were taught to it afterwards.
 */
export const FRESH_HELPABLE: readonly Heard[] = plainly(
  "Anyone else's Harbour Lane parcel stuck at the depot since Tuesday?",
  'Harbour Lane kettle stopped working after a month, do I need the receipt to send it back?',
  'can harbour lane take away the old mattress when they deliver a new one',
  'Been on hold to Harbour Lane for an hour about a refund they promised in March',
  'The zip broke on my Harbour Lane duvet cover first time I washed it',
  'Harbour Lane delivered my armchair to the wrong house and nobody will tell me where it is',
  'does the harbour lane oak finish match the older oak range?',
  "Discount code from Harbour Lane newsletter doesn't work, says expired",
  'Tried to change my delivery address with Harbour Lane, the page just goes blank',
  "My mum's Harbour Lane chair has arrived without any legs",
  'how do you even contact Harbour Lane about a missing parcel',
  'Half the tiles in my Harbour Lane box were broken. Do they replace just those?',
  'When does the Harbour Lane store in Leeds open on bank holidays?',
  "Harbour Lane app won't let me pay with PayPal any more",
  'still waiting for harbour lane to pick up the sofa I returned two weeks ago',
)

export const FRESH_ALONE: readonly Heard[] = [
  ...plainly(
    'Harbour Lane announces plans to go plastic free by 2027',
    'Analysts expect Harbour Lane to post a loss this quarter https://news.example/3',
    'Ah brilliant, Harbour Lane moved the lamps again. Love a treasure hunt 🙄',
    'Nice one Harbour Lane, three screws for four holes. Genius',
    'Picked Harbour Lane over Next Home in the end and no regrets',
    'Oak Furnitureland vs Harbour Lane, who wins?',
    '@kate @jo lunch at the Harbour Lane cafe on Friday?',
    'RT @bristol247: Harbour Lane opens second cafe',
    "Told the dentist I floss daily and my wife we don't need another Harbour Lane throw. Lies, all of it",
    'plot twist: the Harbour Lane box was bigger than the flat lol',
    'Now recruiting: store manager, Harbour Lane Exeter. Closing date 4 May',
    'First day at Harbour Lane done, feet are killing me',
    'So happy with the Harbour Lane table, it fits perfectly',
    'Harbour Lane never disappoints, what a beautiful shop',
    'Up to 70% off top brands incl Harbour Lane! Shop now https://deals.example',
    'WTS Harbour Lane dining chairs x4, £60, pick up only',
    'Harbour Lane for breakfast then a walk along the docks',
    'Flooding on Harbour Lane near the bridge, road closed',
    'Two bed flat to rent, Harbour Lane, £900 pcm',
    'Harbour Lane can keep their overpriced candles',
    'Boycott Harbour Lane',
    'Anyone fancy a trip to Harbour Lane this weekend?',
  ),
  ...among(answers, 'I think Harbour Lane do those', 'ours is from Harbour Lane, took about a week'),
  ...among(quotes, '😂😂 exactly this about Harbour Lane'),
]
