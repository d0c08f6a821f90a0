import { describe, expect, test } from '@jest/globals'
import { loadContent, OWN_CONTENT } from '#content/load'
import { valueMask } from '#understanding'

const loaded = await loadContent(OWN_CONTENT)
if (!('content' in loaded)) throw new Error('the sample brand cannot be read')
const mask = valueMask(loaded.content)

describe('what is wanted is left without its values', () => {
  test.each([
    ['where is HL-31200\nmo@post.example', 'where is my order'],
    ['please check hl31200 for me, my e-mail is mo@post.example', 'please check my order for me'],
    ['I want to return HL 31200. Best wishes, Mo Ali', 'I want to return my order'],
    ['HL-31200 has not arrived (mo@post.example)', 'my order has not arrived'],
    ['HL-31200 mo@post.example mirror came cracked', 'mirror came cracked'],
    ['two chairs missing, order number HL-31200, thanks', 'two chairs missing'],
    ['Order HL-31200 never came', 'Order never came'],
    ['call me on 07700 900123 please', 'call me please'],
    ['do you deliver to BT1 4AB?', 'do you deliver to my address?'],
    ['can HL-31200 come on 12 December instead?', 'can my order come on 12 December instead?'],
    ['HL-31200. When?', 'When is my order'],
  ])('%j: %j', (text, left) => expect(mask(text)).toEqual({ text: left, hasValues: true }))

  test('a message without values stays as it is', () => {
    const text = 'Hello, do you sell blue lamps? Kind regards, Ana'
    expect(mask(text)).toEqual({ text, hasValues: false })
  })

  test.each([
    'HL-31200 mo@post.example',
    'My order number is HL-31200 and my e-mail is mo@post.example',
    'it is about hl31200, thanks',
    'mo@post.example',
  ])('%j says nothing else', (text) => expect(mask(text)).toEqual({ text: '', hasValues: true }))
})
