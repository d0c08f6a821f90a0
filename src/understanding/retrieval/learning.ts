// Learning that goes on behind what serves early: noted while it lasts, and waited for by whatever does not serve early.

export async function whenLearnt(
  { early, learning }: { readonly early: boolean; readonly learning: Set<Promise<void>> },
  work: Promise<void>,
): Promise<void> {
  if (!early) return work
  learning.add(work)
  work.finally(() => learning.delete(work))
}
