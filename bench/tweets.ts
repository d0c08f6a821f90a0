// Tweets to airlines with their moods, where ../shared/data is at hand.
import { existsSync, readFileSync } from 'node:fs'
import type { Mood } from '#domain'

const TWEETS = new URL('../../shared/data/triage/airline.jsonl', import.meta.url)
export const hasTweets = (): boolean => existsSync(TWEETS)

export const readTweets = (): { readonly text: string; readonly sentiment: Mood }[] =>
  readFileSync(TWEETS, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
