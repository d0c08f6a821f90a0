// Negation: a message that says something fails is only answered by an article that speaks of failing.

const NEGATION =
  /\b(?:not|never|cannot|without|unable|stuck|fail|fails|failed|failing|failure|decline|declined|denied|rejected|refused|broken|error|errors|wrong|missing|invalid|impossible|blocked)\b|\bno (?!problem|worries|rush)/i
const CONTRACTION =
  /\b(?:can|don|won|didn|doesn|isn|aren|wasn|weren|hasn|haven|hadn|couldn|wouldn|shouldn|ain|mustn)'?t\b/i

export function negates(text: string): boolean {
  return NEGATION.test(text) || CONTRACTION.test(text)
}
