// What is wrong with a page by the rules of WCAG 2.2 AA that a program can check.
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Colours on their way from one scheme to the other are nobody's. */
export const SETTLED =
  'new Promise(requestAnimationFrame).then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))).then(() => {})'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What is wrong with the page as it is shown now, a line each. */
export async function faults(page: Page): Promise<string[]> {
  // Our pages take no scripts but their own; a debugger is not asked.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate((tags) => axe.run({ runOnly: { type: 'tag', values: tags } }), TAGS)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary }) =>
        `${id}: ${JSON.stringify(target)} ${html.slice(0, 120)} ${failureSummary?.split('\n').slice(1, 3).join(' ')}`,
    ),
  )
}
