// What each network allows, as data: text lengths, messaging window, hiding (their documentation, August 2026).
// What comes in may be longer than what may be sent: X Premium's posts have up to 25,000 characters.
import type { ChannelCapabilities, ChannelName } from './channel.ts'

export const CAPABILITIES: Readonly<Record<ChannelName, ChannelCapabilities>> = {
  playground: {
    public: { unit: 'characters', limit: 500 },
    private: { unit: 'characters', limit: 2000 },
    toPrivate: 'message',
    hide: true,
    idempotent: true,
  },
  x: {
    public: { unit: 'x-weighted', limit: 280 },
    private: { unit: 'characters', limit: 10_000 },
    received: { public: 25_000, private: 10_000 },
    toPrivate: 'invite',
    hide: true,
    postUrl: 'https://x.com/i/status/{id}',
    // X Developer Policy, content compliance: what was modified on X is modified wherever it is stored.
    forgetsFormer: true,
    // X Developer Agreement, restricted uses: X content trains no models.
    noTraining: true,
    // X, automation rules: no automated replies to what a search alone has found. X, replies by API since February 2026: with
    // self-serve access only to whoever mentioned or quoted us; openX says what enterprise access may.
    unasked: 'nobody',
    // X, automation rules: one automated reply to an interaction.
    oneReply: true,
  },
  facebook: {
    public: { unit: 'characters', limit: 8000 },
    private: { unit: 'characters', limit: 2000 },
    received: { public: 8000, private: 2000 },
    toPrivate: 'private-reply',
    hide: true,
    postUrl: 'https://www.facebook.com/{id}',
    windowHours: 24,
  },
  'bot-framework': {
    public: { unit: 'characters', limit: 4000 },
    private: { unit: 'characters', limit: 4000 },
    toPrivate: 'none',
    hide: false,
  },
}
