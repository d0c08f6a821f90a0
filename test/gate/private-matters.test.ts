// What a policy keeps out of public is kept out whoever writes it, and ordinary public service goes on.
import { describe, expect, test } from '@jest/globals'
import { gateContextOf } from '#content'
import { loadContent, OWN_CONTENT } from '#content/load'
import { checkReply } from '#gate'
import { privateMattersOf, type Rule } from '#policy'
import { processorMs } from '../setup/processor-time.ts'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const { content } = loaded
const context = { ...gateContextOf(content), known: [], today: '2026-11-25' }

const findings = (text: string, more: object = {}) =>
  checkReply({ text, audience: 'public', author: 'agent', sources: [] }, { ...context, ...more }).findings
const kept = new Set(context.privateMatters?.rules.map(({ rule }) => rule))
const rulesOf = (text: string, more: object = {}) =>
  findings(text, more).flatMap(({ rule }) => (kept.has(rule) ? [rule] : []))

/** Told to one customer of their own matter. */
const PRIVATE = [
  'We will refund you 8 pounds today.',
  'Your refund was sent yesterday.',
  "We've just refunded you in full.",
  "I've issued a refund, give it a few days.",
  'You will be refunded by Friday.',
  "You'll get your money back this week.",
  "You're getting a full refund from us.",
  "I'm afraid we can't refund you for this one.",
  'Sorry, no refund is due here.',
  'A refund of the whole amount has been approved.',
  'Your refund is still pending with our payments team.',
  'The refund has been declined by your bank.',
  'We are going to reimburse you for the taxi.',
  "We'd like to offer you a £10 voucher for the trouble.",
  'As a gesture of goodwill we will take 10% off your next order.',
  'We can offer you compensation for this.',
  'Have £15 on us for the wait, Dana.',
  "We'll knock twenty quid off for you.",
  'Your order was dispatched this morning.',
  'Your parcel is out for delivery now.',
  'I can see that your parcel was left with the concierge.',
  'Your delivery has been moved to Thursday.',
  "We've cancelled your order as you asked.",
  "I've changed the delivery address on your order.",
  'We have sent you a replacement and your order is complete.',
  "We've resent your parcel this afternoon.",
  'Your order for the desk will arrive on Tuesday.',
  'Looking at this, your payment failed twice.',
  'Your account has been locked for security reasons.',
  "We've reset your password just now.",
  'Your account is closed from today.',
  'I just deleted your account.',
  'You were charged twice on Monday.',
  "You've been overcharged, sorry about that!",
  'You paid for next-day, so it should have come.',
  'It was delivered on Saturday and signed for.',
  "It's out for delivery, so keep an eye on the door.",
  "It'll be with you on Wednesday.",
  'Your invoice was sent to you last week.',
  'Your return has reached our warehouse.',
  'Your exchange is being packed.',
  'Your claim was rejected by the courier.',
  "Your replacement hasn't left us yet.",
  'Our team has closed your account.',
  'Your direct debit bounced this month.',
  'Your balance is 240 pounds.',
  'Your loan application was declined.',
  'Your subscription has been renewed until May.',
  'Your booking for Saturday is confirmed and your deposit was taken.',
  'Your appointment has been moved to 3pm.',
  'Your prescription is ready.',
  'Your test results are back.',
  "We've extended your contract by a year.",
  'Your flight was rebooked for tomorrow morning.',
  'We have blocked your card and a new one is coming.',
  'Your gift card has £12 left on it.',
  "We've credited your account.",
  'My colleague has already refunded your delivery charge.',
  "Good news: your refund's on its way!",
  "Hi Sam, I've checked: your order hasn't been paid for yet.",
  'We are refunding the postage to you.',
  "We won't be refunding this.",
  'You still owe the deposit.',
  "You've ordered the wrong size, that's why.",
  "We've sent the money back to your card.",
  "I've had a look and your parcel is at the depot in Leeds.",
  'The courier has your parcel and should drop it off before noon.',
  "We've put a £5 credit on your account, hope that helps.",
  'Your desk shipped this morning!',
  'The desk you ordered is out of stock, so we cancelled it for you.',
  "We've waived the fee for you this time.",
  "Hi Mo, it's been refunded already.",
  'Just refunded!',
  "Refund's done, Mo.",
  'All refunded now, sorry again.',
  'You should see the money by Thursday.',
  'We owe you an apology and a refund.',
  "There's a refund coming your way.",
  'I have processed the refund for you.',
  'We will give you your money back.',
  'We have taken the delivery charge off for you.',
  "As an apology we've added a free lamp to your order.",
  "Sorry Ana! We've upgraded you to next-day delivery.",
  'Your sofa will be delivered between 2 and 4 on Friday.',
  'You can expect your order on Tuesday.',
  "Your order is running two days late I'm afraid.",
  "The driver couldn't find your house.",
  'Yes, we received your return on Monday.',
  'We got your return last week and the refund follows.',
  'Your card was declined three times.',
  'I can confirm your account has been verified.',
  "We've got you down for Wednesday.",
  "You're booked in for 3pm on Friday.",
  "Your complaint was upheld, and we'll pay you £30.",
  "We've stopped the newsletter for your account.",
  'Our records show you cancelled on 3 May.',
  "Your payment hasn't gone through.",
  'We took £49 from your account on Monday.',
  'Your mortgage offer was issued today.',
  'You have missed two payments.',
  'Your membership ends on Sunday.',
  'Your bags are in Madrid and come on the next flight.',
  'Your appeal was turned down.',
  'Full refund on its way, sorry!',
  "We're happy to refund this for you.",
  "We'll cover the taxi.",
  "You won't be charged again.",
  'We have removed the charge.',
  'The £12 has been credited back.',
  'Your replacement lamp ships tomorrow.',
  'Your warranty claim is approved, a new one is coming.',
  'Morning Theo, your rug left Leeds last night.',
  "I've just spoken to the warehouse: your wardrobe is missing one panel.",
  "We'll pop £20 back on your card.",
  'Nothing left to pay on your account, all settled.',
  "You're owed £14.20 and it will be with you this week.",
  "We've reversed the charge.",
  'The duplicate payment has been returned to you.',
  'Your Klarna plan is paused.',
  'Your trade account application was turned down.',
  'Your student discount has expired.',
  'The address we have for you is out of date.',
  "I've taken you off the mailing list.",
  "Your booking fee was taken twice, we're sorting the second one out.",
  'You signed for it at 10:42.',
  'Your neighbour has the parcel.',
  'We reckon your package got lost.',
  'Your statement for May is wrong and we have corrected it.',
  'You have £35 left on the card.',
  "You've used your free trial already.",
  'Your claim number was sent to you by text.',
  'Your policy does not cover water damage.',
  "We've approved your overdraft.",
  'Your passport check failed.',
  'You will get your deposit back on Friday.',
  "I'm crediting you with 10 pounds now.",
  "You'd be getting 15 pounds back.",
  'Let me give you a tenner for the hassle.',
  "We'll make it up to you with 20% off.",
  'I can do a refund of the postage.',
  'You qualify for compensation.',
  'Consider it refunded, Priya.',
]

/** What a social team writes in public all day. */
const ORDINARY = [
  'Please send us a DM with your order number.',
  'Hi Sam, sorry to hear that! Could you send us a private message so we can look into it?',
  'Our refund policy is 30 days: https://help.harbourlane.example/returns-policy',
  'Refunds take up to 5 working days to show in your bank.',
  'You can return unused items within 30 days of delivery.',
  "We'd like to look into your order, please message us.",
  "We're looking into your order and will get back to you.",
  "We've replied to your DM.",
  "We've sent you a private message, please have a look.",
  'Thanks for your patience, a colleague will write to you in private.',
  'Sorry your sofa arrived late. Please DM us and we will sort it out.',
  'Sorry for the wait! Drop us a message and we will help with your delivery.',
  "We can't discuss your account here, please write to us privately.",
  'For your safety, never post your card number here.',
  'If your parcel is late, tell us and we refund the delivery.',
  "If it doesn't fit, you can send it back and get your money back within 30 days.",
  'If your item arrives damaged, we will replace or refund it.',
  'When will my order ship? Orders placed before 8pm leave the same day.',
  'Yes, we deliver to Northern Ireland.',
  'Standard delivery is £4.95, free when you spend £50 or more.',
  'Next-day delivery costs £7.95 and comes Monday to Saturday.',
  'Gift cards come from £10 to £500.',
  'The Alder desk is back in stock next week.',
  'The desk comes flat-packed and takes about an hour to build.',
  'It comes in oak and walnut.',
  "That's lovely to hear, thank you!",
  'What a beautiful living room! Thank you for sharing.',
  'Your living room looks amazing.',
  'Your feedback has been passed on to the team.',
  'Your message made our day.',
  'Thank you for your order! We hope you love it.',
  'We hope you enjoy your new sofa.',
  'Could you tell us a bit more about what went wrong?',
  'Is your order still missing?',
  'Has your parcel turned up in the meantime?',
  'Do you have your order number to hand? Please send it in a DM, not here.',
  'We open at 8 tomorrow.',
  'Our showroom is at 12 Quay Row, Bristol.',
  'You can change your address under Your account until the order is packed.',
  'You can track your order under Your account, Orders.',
  'You can pay by card, PayPal or Klarna.',
  'You can cancel your order in the app until it ships.',
  'Refunds go back to the card you paid with.',
  'A refund is made to the card you paid with.',
  'We never ask for your password.',
  'We never share your details with anybody.',
  'Your details stay between us.',
  'Your order is important to us.',
  'Your delivery is free when you spend £50 or more.',
  'Your refund usually takes five working days.',
  'We know how annoying a late delivery is, sorry!',
  'We understand that waiting for a refund is frustrating. Please DM us.',
  "We'll check what happened and come back to you in private.",
  'We will help you with your return if you send us a message.',
  'Let us know in a DM which address your order goes to.',
  'Please check your account for the latest status.',
  'Ring us on 020 7946 0123 and we will sort it out together.',
  'How do I get a refund? Start a return under Your account, Orders.',
  'Students get 10 percent off.',
  'Sign up for the newsletter and you get 10 percent off your first order of £40 or more.',
  'We refund within 5 working days of your return reaching us, to the way you paid.',
  'Yes: for £45 an item the delivery crew builds it in the room you choose.',
  "We're sorry, this should have gone better.",
  'A colleague is taking this over now.',
  'Have a lovely weekend!',
  'We love your cat more than your sofa, sorry!',
  'Sadly we do not ship to Norway yet.',
  'Returns are free when an item is faulty.',
  'Hi! Which country are you in? Delivery depends on it.',
  'Great question: the mattress can be returned within 100 nights.',
  "Thanks for flagging, we've told the web team.",
  'We have fixed the website, please try again.',
  "We've updated our opening hours, sorry for the confusion.",
  "We're hiring! See our careers page.",
  'Your cat has excellent taste.',
  'Your photo is gorgeous, may we share it?',
  'Thanks Ben, your kind words are going straight to the workshop.',
  "We're sorry your first delivery with us was a bad one. DM us?",
  'The sale ends on Sunday.',
  'The new range will be in shops on Friday.',
  'Prices start at £30.',
  'Yes, you can use two gift cards on one order.',
  "You'll find it under Your account.",
  'You will get an e-mail with a tracking link as soon as it ships.',
  "You'll need your order number for that.",
  'Once your return reaches us, we refund within 5 working days.',
  'Refunds are paid within 5 working days of the return reaching us.',
  'If you cancel within 14 days, you get the full price back.',
  "We'd love to help: what's your order about?",
  'We cannot see your order from here, so please message us privately.',
  'Somebody from the team will message you shortly.',
  "We've passed this on to the courier's team.",
  'We take this very seriously and are looking into it.',
  "Please don't share your address here.",
  'Can you DM us your e-mail so we find your order?',
  'Do you mean the oak one or the walnut one?',
  "We're open until 8 tonight.",
  'We are closed on Monday.',
  'Our phone lines are down at the moment, sorry!',
  'There is a fault with our website, and we are working on it.',
  'Parcels to Scotland are late today because of the snow.',
  'All orders placed today ship tomorrow.',
  'Everybody whose parcel is late gets a message from us.',
  'Your local shop is in Bristol.',
  'Your nearest branch closes at 5.',
  'Your voice matters to us.',
  "It's made of oak and lasts a lifetime.",
  'It was designed in Copenhagen.',
  'They are dishwasher safe.',
  'It was great to meet you at the showroom!',
  "You were right, the picture was wrong. We've changed it.",
  "You're very welcome!",
  'You are too kind.',
  'Sorry to see you go. Is there anything we could have done better?',
  'A lamp like this uses about £3 of electricity a year.',
  'Our staff get 20% off, come and join us!',
  'Black Friday: 20% off all rugs until Monday.',
  'Spend £100 and get 10% off with the code OAK.',
  'Win a £50 voucher: tag a friend by Sunday.',
  'The voucher code on the flyer works until May.',
  'Cards and notes are free.',
  'The refund policy has changed: it is now 60 days.',
  'The delivery charge has gone up to £4.95.',
  'We charge £39 for two-person delivery.',
  'Delivery slots are shown at the checkout.',
  'Your statutory rights are not affected.',
  'No worries, happy to help!',
  'We hear you. It should not take this long.',
  'Evening! Which branch did you visit?',
  "Thanks for letting us know, we've passed it to the shop.",
  "We've shared this with our buyers.",
  "Lovely photo, we've added it to our gallery.",
  "We've taken the page down while we fix it.",
  "We've moved to a new showroom at 12 Quay Row, Bristol.",
  "We've changed our returns form, it's much shorter now.",
  'The app was updated this morning, please try again.',
  'That product was discontinued in May.',
  'It was sold out within an hour, sorry!',
  'They were made by a family business in Porto.',
  "We've got new colours coming in spring.",
  'We will have more in stock next week.',
  "We'll be open all weekend.",
  "We'll announce the winners on Friday.",
  "You'll love it.",
  "You can't go wrong with oak.",
  'You were very patient, thank you.',
  "You've made our day!",
  "You've got great taste.",
  'Your dog is adorable.',
  'Your flat looks so cosy.',
  'Your comment was removed because it contained a phone number.',
  'Your question is a good one: yes, it is dimmable.',
  'Sounds like you need our spare parts page: https://help.harbourlane.example/spare-parts',
  "If you haven't heard from us by tomorrow, please send a DM.",
  'Did you get our message?',
  'Have you received your refund yet?',
  'Any chance you could send your postcode in a DM?',
  'We need a few details to find your order, so please write to us in private.',
  'Deliveries in Leeds are delayed today because of snow.',
  'All refunds are delayed by a day because of the bank holiday.',
  "We're refunding everybody who bought the recalled lamp.",
  'Everyone affected gets a full refund, see https://help.harbourlane.example/recall',
  'Parcels are delivered between 8 and 6.',
  'Returns are processed in the order they reach us.',
  'Orders over £50 ship free.',
  'The refund goes to the card that was used.',
  'Customers get an e-mail when the parcel has shipped.',
  'We send you a link to track it when it ships.',
]

describe('in public nobody tells a customer of their own matter', () => {
  test.each(PRIVATE)('%s', (text) => {
    expect(rulesOf(text)).not.toEqual([])
    expect(
      checkReply({ text, audience: 'public', author: 'agent', sources: [] }, { ...context, override: 'she asked' })
        .verdict,
    ).toBe('block')
  })
})

describe('in private it is said', () => {
  test.each(PRIVATE)('%s', (text) => {
    const { findings } = checkReply({ text, audience: 'private', author: 'agent', sources: [] }, context)
    expect(findings.filter(({ rule }) => kept.has(rule))).toEqual([])
  })
})

describe('ordinary public service is no such thing', () => {
  test.each(ORDINARY)('%s', (text) => expect(rulesOf(text)).toEqual([]))
})

describe('which rule it is', () => {
  test.each([
    ['We will refund you 8 pounds today.', 'refunds.public'],
    ['Your refund was sent yesterday.', 'refunds.public'],
    ["We'd like to offer you a £10 voucher for the trouble.", 'promises.compensation-public'],
    ['Your order was dispatched this morning.', 'orders.public'],
    ['Your account has been locked.', 'orders.public'],
  ])('%s: %s', (text, rule) => {
    const [finding] = findings(text).filter((one) => kept.has(one.rule))
    expect(finding?.rule).toBe(rule)
    const because = content.rules.find(({ id }) => id === rule)?.because ?? ''
    expect(finding?.because).toBe(`${because.replace(/\.$/, '')}; say it in private`)
  })
})

describe('the policy decides', () => {
  const rule = (id: string, more: Partial<Rule>): Rule => ({
    id,
    when: { audience: 'public', signals: 'account-specific' },
    then: 'move-to-private',
    because: 'Nothing of one customer is discussed here.',
    ...more,
  })
  const under = (rules: readonly Rule[], text: string, more: object = {}) =>
    checkReply(
      { text, audience: 'public', author: 'agent', sources: [] },
      { ...context, ...more, privateMatters: { rules: privateMattersOf(rules, []), dialogs: content.dialogs } },
    )
  const TEXT = 'Your parcel was delivered this morning.'

  test('a brand whose rules keep nothing private says everything', () => {
    expect(under([], TEXT).verdict).toBe('pass')
    expect(under([rule('a.b', { then: 'escalate' })], TEXT).verdict).toBe('pass')
    expect(under([rule('a.b', { when: { audience: 'private', personal: true } })], TEXT).verdict).toBe('pass')
    expect(under([rule('a.b', { when: { audience: 'public', form: true } })], TEXT).verdict).toBe('pass')
  })

  test('an agent may override only what the rule says so', () => {
    expect(under([rule('a.b', {})], TEXT, { override: 'she asked' }).verdict).toBe('block')
    const may = rule('a.b', { 'agents-may-override': true })
    expect(under([may], TEXT).verdict).toBe('block')
    expect(under([may], TEXT, { override: 'she asked' }).verdict).toBe('pass')
  })

  test('a rule holds on its channels and days', () => {
    const limited = rule('a.b', { channels: ['x'], from: '2026-12-01' })
    expect(under([limited], TEXT, { channel: 'x', today: '2026-12-02' }).verdict).toBe('block')
    expect(under([limited], TEXT, { channel: 'x', today: '2026-11-02' }).verdict).toBe('pass')
    expect(under([limited], TEXT, { channel: 'facebook', today: '2026-12-02' }).verdict).toBe('pass')
  })

  test('a rule about one dialog leaves other matters alone', () => {
    const refunds = rule('a.b', { when: { intent: 'refund-status', audience: 'public' } })
    expect(under([refunds], 'Your refund was sent on Monday.').verdict).toBe('block')
    expect(under([refunds], TEXT).verdict).toBe('pass')
  })

  test('the words of a rule’s own examples are its matter', () => {
    const [kept] = privateMattersOf(
      [rule('a.b', {})],
      [{ says: 'Is my kayak ready?', given: {}, expect: { verdict: 'move-to-private', because: 'a.b' } }],
    )
    const said = (rules: object[]) =>
      checkReply(
        { text: 'Your kayak is in the workshop.', audience: 'public', author: 'agent', sources: [] },
        { ...context, privateMatters: { rules: rules as [], dialogs: [] } },
      ).verdict
    expect(said([kept ?? {}])).toBe('block')
    expect(said([{ ...kept, says: [] }])).toBe('pass')
  })

  test('the bot is held to it as well, but for its sources', () => {
    const bot = (sources: string[]) =>
      checkReply(
        {
          text: TEXT,
          audience: 'public',
          author: 'bot',
          sources: sources.map((text) => ({ text, audience: 'public' })),
        },
        context,
      ).findings.map(({ rule }) => rule)
    expect(bot([])).toContain('orders.public')
    expect(bot([TEXT])).toEqual([])
  })
})

test('a long text of one sentence is read at once', () => {
  const words = 'your your order we have you refund the money was '.repeat(2000)
  expect(processorMs(() => rulesOf(words))).toBeLessThan(20_000)
})
