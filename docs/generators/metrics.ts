import { openMetrics } from '#http/metrics'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

/** What prom-client knows of a metric beyond its types. */
type Known = { readonly name: string; readonly help: string; readonly labelNames?: readonly string[] }

/** All there are, as with a language model whose prices are known. */
const { registry } = openMetrics(async () => ({ waiting: 0, lag: 0, stuck: 0, tickets: 0, effects: 0 }), {
  input: 1,
  output: 1,
})

async function rowsOf(): Promise<string[][]> {
  const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]))
  return (registry.getMetricsAsArray() as unknown as readonly Known[])
    .filter(({ name }) => name.startsWith('warmline_'))
    .map(({ name, help, labelNames = [] }) => [
      `\`${name}\``,
      types.get(name) ?? '',
      labelNames.map((label) => `\`${label}\``).join(', '),
      help,
    ])
}

export const metricsPage: GeneratedPage = {
  path: 'docs/reference/metrics.md',
  text: async () => `# Metrics

${generatedFrom('src/http/metrics.ts')}

\`/metrics\` serves them in the Prometheus text format. [Monitoring](../operate/monitoring.md) says how to reach it and what to watch.
Labels have closed vocabularies: they never hold a customer, a text or an address. \`warmline_model_cost_total\` is there only with \`WARMLINE_MODEL_PRICES\`.
Beside these, prom-client adds what it knows of the process and of Node (\`process_…\`, \`nodejs_…\`).

${tableOf(['metric', 'type', 'labels', 'help'], await rowsOf())}
`,
}
