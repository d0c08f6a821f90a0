import { expect, test } from '@jest/globals'
import { findMentions } from '../../src/console/mentions.ts'

const MIA = { email: 'mia@mill.example', name: 'Mia Okafor' }
const MIA_O = { email: 'mia.o@mill.example', name: 'Mia' }
const SOREN = { email: 'soren@mill.example', name: 'Søren Åberg' }
const people = [MIA_O, MIA, SOREN]

test.each([
  ['@Mia Okafor can you look?', [MIA.email]],
  ['ask @mia okafor, or @MIA', [MIA.email, MIA_O.email]],
  ['@Søren Åberg: the rug is back', [SOREN.email]],
  ['@Mia Okaforson is a customer', [MIA_O.email]],
  ['mail me at jo@mia.example or @ Mia', []],
  ['Mia Okafor said so', []],
  ['', []],
])('%s', (text, named) => {
  expect(findMentions(text, people)).toEqual(named)
})
