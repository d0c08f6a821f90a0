// The confidence thresholds, and what the articles' own questions prove of them.
import { useEffect } from 'react'
import { useLive } from '../event-stream.tsx'
import { useResource } from '../use-resource.ts'
import { API, type Certainty } from './api.ts'
import { Nothing, Trouble, VersionLink } from './shared.tsx'
import { SignalsView } from './signals-view.tsx'

type Measured = Extract<Certainty, { state: 'measured' }>
type Side = Measured['public']

/** How often it is asked how far the measuring is, in milliseconds. */
const AGAIN_MS = 1000
const LEXICAL = 'lexical'

const percent = (share: number) => `${Number((share * 100).toFixed(share < 0.1 ? 1 : 0))} %`
const count = (all: number) => all.toLocaleString('en')
const sure = (confidence: number) => `${Number((confidence * 100).toFixed(1))} %`

export function CertaintyView() {
  const { data, problem, refresh } = useResource<Certainty>(`${API}/certainty`)
  useLive((event) => {
    if (event === 'connected' || event.type === 'policy-changed') refresh()
  })
  useEffect(() => {
    if (data?.state !== 'measuring') return
    const timer = setTimeout(refresh, AGAIN_MS)
    return () => clearTimeout(timer)
  }, [data, refresh])

  return (
    <section className="policy-body certainty" aria-label="How sure the answers are">
      <Trouble of={problem} />
      {data?.state === 'measuring' ? <Measuring of={data} /> : null}
      {data?.state === 'measured' ? (
        <>
          <Figures of={data} />
          <SignalsView signals={data.signals} />
        </>
      ) : null}
      {data || problem ? null : <p className="faint">Loading…</p>}
    </section>
  )
}

function Measuring({ of: { done, all } }: { of: Extract<Certainty, { state: 'measuring' }> }) {
  return (
    <div className="certainty-wait" role="status">
      <label>
        Asking the questions that the articles list
        <progress value={all > 0 ? done : undefined} max={all > 0 ? all : undefined} />
      </label>
      <p className="faint numbers">{all > 0 ? `${done} of ${all}` : 'The articles are being learnt…'}</p>
    </div>
  )
}

function Figures({ of }: { of: Measured }) {
  if (of.listed === 0)
    return (
      <Nothing title="The articles list no questions yet">
        <p>Add the questions that each article must win to its front matter: they show how sure an answer has to be.</p>
      </Nothing>
    )
  return (
    <>
      <p className="certainty-lead">
        {of.tried === of.listed ? `All ${count(of.listed)}` : `${count(of.tried)} of the ${count(of.listed)}`} questions
        that the articles of <VersionLink version={of.version} /> list were asked twice: as if they were not listed, and
        without the article that answers them, where every answer is a mistake.
      </p>
      {of.engine !== of.barsFor && of.engine !== LEXICAL ? (
        <p className="notice warm">
          The bars in <code>brand.yaml</code> were found with another sentence model (<code>{of.barsFor}</code>); with{' '}
          <code>{of.engine}</code> nothing is answered alone until <code>warmline knowledge calibrate</code> has run.
        </p>
      ) : null}
      {of.engine === LEXICAL ? (
        <p className="notice warm">The sentence model cannot be used just now; answers are found by words alone.</p>
      ) : null}
      <div className="certainty-sides">
        <SideView name="In public" of={of.public} />
        <SideView name="In private" of={of.private} />
      </div>
      <p className="faint">
        <code>risk</code> and <code>confidence</code> in <code>brand.yaml</code> set this. Owners word questions better
        than customers do: <code>warmline knowledge calibrate --questions FILE</code> proves more, with questions that
        customers asked.
      </p>
    </>
  )
}

function SideView({ name, of: { risk, bar, steps } }: { name: string; of: Side }) {
  return (
    <section className="certainty-side" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <Chip risk={risk} bar={bar} />
      </header>
      <p>
        {bar ? (
          <>
            The bot answers by itself when it is at least <strong className="numbers">{sure(bar.from)}</strong> sure.
            Here it would answer <span className="numbers">{count(bar.answered)}</span> times,{' '}
            <span className="numbers">{count(bar.wrong)}</span> of them wrongly
            {bar.answered > 0 ? (
              <>
                : with 95 % certainty no more than <strong className="numbers">{percent(bar.riskUpTo)}</strong> of such
                answers are wrong.
              </>
            ) : (
              ': that proves nothing yet.'
            )}
          </>
        ) : (
          'The bot never answers by itself: it drafts for people.'
        )}
      </p>
      <table className="proofs numbers">
        <caption>What these questions can prove</caption>
        <thead>
          <tr>
            <th scope="col">At most wrong</th>
            <th scope="col">Sure from</th>
            <th scope="col">Answered rightly</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ risk: tried, found }) => (
            <tr key={tried}>
              <th scope="row">
                {percent(tried)}
                {tried === risk ? <span className="stated">your limit</span> : null}
              </th>
              {'needs' in found ? (
                <td colSpan={2} className="faint">
                  not proven: at least {count(found.needs)} more labelled questions
                </td>
              ) : (
                <>
                  <td>{sure(found.threshold)}</td>
                  <td>{percent(found.coverage)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Chip({ risk, bar }: Pick<Side, 'risk' | 'bar'>) {
  if (!bar) return <span className="chip">drafts only</span>
  if (risk === undefined) return <span className="chip">no risk stated</span>
  return bar.riskUpTo <= risk ? (
    <span className="chip good">keeps to {percent(risk)}</span>
  ) : (
    <span className="chip warm">{percent(risk)} not proven</span>
  )
}
