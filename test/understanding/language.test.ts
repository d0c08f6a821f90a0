import { describe, expect, test } from '@jest/globals'
import { detectLanguage } from '#understanding'

describe('the language of a message', () => {
  test.each([
    ['en', 'Where is my order?'],
    ['en', 'LOL no wifi again on this train smh'],
    ['en', 'my parcl is lte and i want it now'],
    ['en', 'thanks!!'],
    ['es', '¿Dónde está mi pedido? Lo compré hace dos semanas.'],
    ['es', 'quiero un reembolso por favor'],
    ['de', 'Wo ist meine Bestellung?'],
    ['de', 'Ich warte seit zwei Wochen auf mein Paket und niemand antwortet mir.'],
    ['fr', 'Je voudrais parler à quelqu’un de mon colis, il est toujours en retard.'],
    ['fr', 'Où est mon colis ?'],
    ['ja', '@harbourlane配送状況を教えてください'],
    ['ru', 'Где мой заказ? Я жду уже две недели'],
  ])('is %s for `%s`', async (language, text) => {
    await expect(detectLanguage(text, 'xx')).resolves.toBe(language)
  })

  test.each([
    ...['ring me', 'me too', 'tell me', 'text me', 'so am i', 'in a box', 'a man of few words'],
    ...[
      'merci',
      'Danke schön!',
      'Obrigada 😊',
      'かわいい',
      'شكرا',
      'muchas gracias equipo',
      'grazie mille, top service',
    ],
  ])('stays what it was for `%s`', async (text) => {
    await expect(detectLanguage(text, 'en')).resolves.toBe('en')
  })

  test.each([
    ['de', 'was ist so teuer am Versand'],
    ['de', 'Danke, aber mein Sofa ist noch nicht da'],
    ['nl', 'waar is mijn bestelling, het is al over tijd'],
    ['fr', 'bonjour, mon canapé est arrivé en deux morceaux'],
    ['es', 'hola, me falta una silla de mi pedido'],
    ['it', 'ciao, non ho ancora ricevuto la lampada'],
  ])('is %s for `%s`, whatever words it shares with English', async (language, text) => {
    await expect(detectLanguage(text, 'en')).resolves.toBe(language)
  })

  test.each(['refund', 'DM sent', '👍👍', '12345678', 'ok thx bye', 'ana@example.com', 'https://x.example/pedido'])(
    'is what the conversation was in for `%s`',
    async (text) => {
      await expect(detectLanguage(text, 'xx')).resolves.toMatch(/^(xx|en)$/)
      await expect(detectLanguage('12345678', 'de')).resolves.toBe('de')
    },
  )
})
