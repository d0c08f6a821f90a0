// Dialogue acts of whole voices that the reader has not learnt from: what it reads, and what is made of it.
import { readConfig } from '#app'
import { dialogueActOf } from '#dialog'
import { type LabelledAct, readLabelledActs, trainActReader } from '#understanding/acts'
import { openSearchEngine } from '#understanding/retrieval'
import { CACHE } from '../test/setup/cache.ts'
import type { Row } from './report.ts'

type Read = LabelledAct & {
  /** By the learnt reader alone. */
  readonly learnt: string
  readonly chance: number
  /** By the closed grammars, then the reader. */
  readonly decided: string
}

export async function runActs(): Promise<Row[]> {
  const all = await readLabelledActs()
  const finder = await openSearchEngine({ cacheDir: readConfig({ WARMLINE_CACHE_DIR: CACHE }).cacheDir })
  const without = async (isApart: (line: LabelledAct) => boolean): Promise<Read[]> => {
    const read = await trainActReader(
      finder,
      all.filter((line) => !isApart(line)),
    )
    const lines: Read[] = []
    for (const line of all.filter(isApart)) {
      const reading = await read(line.text, line.frame)
      const decided = dialogueActOf(line.text, line.frame, reading)
      lines.push({ ...line, learnt: reading?.act ?? '', chance: reading?.chance ?? 0, decided })
    }
    return lines
  }
  try {
    const apart = await without(({ set }) => set === 'apart')
    const each: Read[][] = []
    for (const voice of new Set(all.map((line) => line.voice))) each.push(await without((line) => line.voice === voice))
    return [...rows('two voices kept apart', apart), ...rows('each voice kept apart once', each.flat(), each)]
  } finally {
    await finder.close()
  }
}

function rows(which: string, lines: readonly Read[], each?: readonly (readonly Read[])[]): Row[] {
  const grave = lines.filter(({ frame }) => frame.kind === 'confirm-grave')
  const [yes, others] = [grave.filter(({ act }) => act === 'affirm'), grave.filter(({ act }) => act !== 'affirm')]
  const falseYes = (by: 'learnt' | 'decided') => others.filter((line) => line[by] === 'affirm').length
  const worst = each && Math.min(...each.map((voice) => rightOf(voice, 'decided')))
  return [
    {
      what: `acts, ${which}: right`,
      figure: rightOf(lines, 'decided'),
      unit: '%',
      note: `${lines.length} lines${worst === undefined ? '' : `; worst voice ${worst.toFixed(1)} %`}`,
    },
    { what: `acts, ${which}: right by the learnt reader alone`, figure: rightOf(lines, 'learnt'), unit: '%' },
    {
      what: `acts, ${which}: consequential yes carried out against their words`,
      figure: falseYes('decided'),
      unit: '',
      note: `of ${others.length} that are no yes; the learnt reader alone ${falseYes('learnt')}`,
    },
    {
      what: `acts, ${which}: plain yes asked again`,
      figure: (100 * yes.filter(({ decided }) => decided !== 'affirm').length) / yes.length,
      unit: '%',
      note: `of ${yes.length} wordings`,
    },
    { what: `acts, ${which}: calibration error (ECE)`, figure: calibrationError(lines), unit: 'points' },
  ]
}

const rightOf = (lines: readonly Read[], by: 'learnt' | 'decided') =>
  (100 * lines.filter((line) => line[by] === line.act).length) / lines.length

const BINS = 10

/** How far chances are from how often they are right, over tenths, weighed by lines. */
function calibrationError(lines: readonly Read[]): number {
  let apart = 0
  for (let bin = 0; bin < BINS; bin++) {
    const here = lines.filter(({ chance }) => Math.min(BINS - 1, Math.floor(chance * BINS)) === bin)
    const said = here.reduce((sum, { chance }) => sum + chance, 0)
    apart += Math.abs(said - here.filter(({ act, learnt }) => act === learnt).length)
  }
  return (100 * apart) / lines.length
}
