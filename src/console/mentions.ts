// Finds whom a note names with `@`: colleagues by their whole names. Pure.

type Person = { readonly email: string; readonly name: string }

/** E-mails of those whose name stands after an `@`; of two names that begin alike the longer one is meant. */
export function findMentions(text: string, people: readonly Person[]): string[] {
  const folded = text.toLocaleLowerCase('en')
  const byLength = people.toSorted((one, other) => other.name.length - one.name.length)
  const named = new Set<string>()
  for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
    // An e-mail address names nobody.
    if (/[\p{L}\p{N}._-]/u.test(folded.charAt(at - 1))) continue
    const after = folded.slice(at + 1)
    const person = byLength.find(({ name }) => {
      const known = name.toLocaleLowerCase('en')
      return known !== '' && after.startsWith(known) && !/[\p{L}\p{N}]/u.test(after.charAt(known.length))
    })
    if (person) named.add(person.email)
  }
  return [...named]
}
