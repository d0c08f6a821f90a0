// The signals that policies teach: their lines, how surely they are heard, and what is wrongly taken for them.
import type { Certainty } from './api.ts'

type Signal = NonNullable<Extract<Certainty, { state: 'measured' }>['signals']>[number]

export function SignalsView({ signals }: { signals: readonly Signal[] | undefined }) {
  return (
    <section className="signals" aria-label="Taught signals">
      <h2>Signals that policies teach</h2>
      {signals === undefined ? (
        <p className="notice warm">
          The sentence model cannot be used just now: signals are not heard by their examples, and the rules decide
          alone.
        </p>
      ) : signals.length === 0 ? (
        <p className="faint">
          None yet. A policy teaches one under <code>signals:</code>, by lines that customers say and lines that only
          sound like it.
        </p>
      ) : (
        <>
          <p className="certainty-lead">
            Each line was left out once, to see whether the others are enough to hear it. Where only the line itself is
            heard, add a few like it; where a question is taken for the signal and is not one, list it under{' '}
            <code>not</code>.
          </p>
          <ul className="signal-list">
            {signals.map((one) => (
              <SignalView key={one.id} of={one} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function SignalView({ of: { id, owner, file, because, major, says, not, taken, background } }: { of: Signal }) {
  const weak = says.filter(({ heardLeftOut }) => !heardLeftOut)
  const heard = says.length - weak.length
  return (
    <li className="certainty-side">
      <header>
        <h3>
          <code>{id}</code>
        </h3>
        <span className={`chip ${weak.length === 0 ? 'good' : 'warm'} numbers`}>
          {heard} of {says.length} heard when left out
        </span>
        {major ? <span className="chip">major complaint</span> : null}
      </header>
      {because === undefined ? null : <p>{because}</p>}
      <p className="faint">
        {owner} · <code>{file}</code> · <span className="numbers">{background.taken}</span> of{' '}
        <span className="numbers">{background.of.toLocaleString('en')}</span> other messages are taken for it
      </p>
      <Lines name="Heard only because they stand there" lines={weak.map(({ text }) => text)} open />
      <Lines name="Questions and phrases that are taken for it" lines={taken} open />
      <Lines name="Says" lines={says.map(({ text }) => text)} />
      <Lines name="Not" lines={not} />
    </li>
  )
}

function Lines({ name, lines, open = false }: { name: string; lines: readonly string[]; open?: boolean }) {
  if (lines.length === 0) return null
  return (
    <details open={open}>
      <summary>
        {name} <span className="count numbers">{lines.length}</span>
      </summary>
      <ul>
        {lines.map((line) => (
          <li key={line}>“{line}”</li>
        ))}
      </ul>
    </details>
  )
}
