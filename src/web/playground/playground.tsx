// The playground page: public posts, and one customer's direct messages.
import { useState } from 'react'
import { Icon, Mark } from '../ui/icon.tsx'
import { ThemeToggle } from '../ui/theme.tsx'
import { CustomerChoice } from './customer-picker.tsx'
import { DirectMessages } from './direct-messages.tsx'
import { Wall } from './public-timeline.tsx'
import { useNetwork } from './use-timeline.ts'

export function Playground() {
  const [customer, setCustomer] = useState('Ana')
  const [side, setSide] = useState<'wall' | 'direct'>('wall')
  const network = useNetwork(customer)

  const openDirect = () => {
    setSide('direct')
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.phone textarea')?.focus())
  }

  return (
    <div className={`playground showing-${side}`}>
      <a className="skip" href="#wall">
        Skip to the wall
      </a>
      <header className="top">
        <p className="brand">
          <Mark /> Warmline <span>playground</span>
        </p>
        <div className="top-end">
          <a className="button" href="/console/">
            Agents’ console
          </a>
          <ThemeToggle />
        </div>
      </header>
      <section className="intro" aria-label="About the playground">
        <div>
          <h1>Be a customer of Harbour Lane</h1>
          <p>
            Post at the shop in public or message it privately, and watch the bot answer. What it should not answer
            alone goes to a person: sign in to the <a href="/console/">console</a> and be that person.
          </p>
        </div>
        <CustomerChoice customer={customer} onChoose={setCustomer} />
      </section>
      {network.trouble ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{network.trouble}</p>
        </div>
      ) : null}
      <fieldset className="sides">
        <legend className="hidden-text">Show</legend>
        <button type="button" aria-pressed={side === 'wall'} onClick={() => setSide('wall')}>
          <Icon name="globe" /> Wall
        </button>
        <button type="button" aria-pressed={side === 'direct'} onClick={() => setSide('direct')}>
          <Icon name="lock" /> Messages
        </button>
      </fieldset>
      <div className="halves">
        <Wall key={customer} customer={customer} network={network} onPrivate={openDirect} />
        <DirectMessages key={`${customer} direct`} customer={customer} network={network} />
      </div>
    </div>
  )
}
