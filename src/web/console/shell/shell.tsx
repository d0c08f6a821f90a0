// What stays around every screen: header, banners, announcements and shortcuts.
import { lazy, Suspense, useEffect, useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon, Mark } from '../../ui/icon.tsx'
import { Announcer } from '../../ui/live-region.tsx'
import { ThemeToggle } from '../../ui/theme.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import { PeoplePage } from '../accounts/accounts-page.tsx'
import type { ContentState, User } from '../api-client.ts'
import { DeskProvider } from '../desk-data.tsx'
import { useLive, useLiveState } from '../event-stream.tsx'
import { OutboxPage } from '../outbox/outbox-page.tsx'
import { mayReadPolicy } from '../policies/permissions.ts'
import { Queue } from '../queue/queue-page.tsx'
import { Go, replace, useRoute } from '../router.tsx'
import { NothingChosen } from '../tickets/empty-state.tsx'
import { TicketPage } from '../tickets/ticket-page.tsx'
import { TracePage } from '../trace/trace-page.tsx'
import { UndoToast } from '../undo.tsx'
import { useResource } from '../use-resource.ts'
import { AccountMenu } from './account-menu.tsx'
import { Bell, DangerCall } from './bell.tsx'
import { BotPauseBanner, PauseBotDialog, useBotPauses } from './bot-pause.tsx'
import { ContentBanner } from './content-banner.tsx'
import { PresenceSwitch } from './presence-switch.tsx'
import { Shortcuts } from './shortcuts-help.tsx'

// Policies are a page of their own, loaded when it is wanted.
const PolicyPage = lazy(() => import('../policies/policies-page.tsx'))

const TICKET_ROLES = ['agent', 'supervisor', 'admin']
const LEAD_ROLES = ['supervisor', 'admin']

export function Shell({ user, onSignOut }: { user: User; onSignOut: () => void }) {
  const route = useRoute()
  const content = useResource<ContentState>('/api/content')
  const [help, setHelp] = useState(false)
  const pauses = useBotPauses()
  const [pausing, setPausing] = useState(false)
  const isLead = user.roles.some((role) => LEAD_ROLES.includes(role))
  const mayServe = user.roles.some((role) => TICKET_ROLES.includes(role))
  const mayPolicy = mayReadPolicy(user)
  const misplaced = route.page === 'queue' && !mayServe && mayPolicy
  useEffect(() => {
    if (misplaced) replace('/console/policy')
  }, [misplaced])
  useKeys({ '?': () => setHelp(true) })
  useLive((event) => event === 'connected' && content.refresh())

  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <header className="top">
        <Go className="brand" href="/console/">
          <Mark /> <span>Warmline</span>
        </Go>
        {mayServe && mayPolicy ? (
          <nav className="top-nav desktop-only" aria-label="Warmline">
            <Go href="/console/" aria-current={route.page === 'queue' || route.page === 'ticket' ? 'page' : undefined}>
              Tickets
            </Go>
            <Go href="/console/policy" aria-current={route.page === 'policy' ? 'page' : undefined}>
              Policies
            </Go>
          </nav>
        ) : null}
        <LiveBadge />
        <div className="top-end">
          {mayServe ? <PresenceSwitch /> : null}
          {mayServe ? <Bell ticket={route.page === 'ticket' ? route.id : undefined} /> : null}
          <span className="desktop-only">
            <Act look="quiet" square aria-label="Keyboard shortcuts" onPress={() => setHelp(true)}>
              <Icon name="keyboard" />
            </Act>
          </span>
          <ThemeToggle />
          <AccountMenu
            user={user}
            playground={content.data?.playground ?? false}
            onPauseBot={isLead ? () => setPausing(true) : undefined}
            onSignOut={onSignOut}
          />
        </div>
      </header>
      <ContentBanner content={content.data} />
      <LostBanner />
      {mayServe ? <DangerCall /> : null}
      <BotPauseBanner pauses={pauses} mayResume={isLead} />
      {mayServe && (route.page === 'queue' || route.page === 'ticket') ? (
        <DeskProvider content={content.data}>
          <div className={`desk showing-${route.page}`}>
            <Queue
              user={user}
              chosen={route.page === 'ticket' ? route.id : undefined}
              playground={content.data?.playground ?? false}
              channels={pauses.data?.channels ?? []}
            />
            <main id="main" tabIndex={-1} className="pane">
              {route.page === 'ticket' ? <TicketPage key={route.id} id={route.id} user={user} /> : <NothingChosen />}
            </main>
          </div>
        </DeskProvider>
      ) : (
        <main id="main" tabIndex={-1} className="pane wide">
          {route.page === 'policy' && mayPolicy ? (
            <Suspense fallback={<p className="empty centered">Loading…</p>}>
              <PolicyPage user={user} rest={route.rest} />
            </Suspense>
          ) : misplaced ? null : route.page === 'people' ? (
            <PeoplePage user={user} />
          ) : route.page === 'outbox' && isLead ? (
            <OutboxPage />
          ) : route.page === 'case' && mayServe ? (
            <TracePage id={route.id} />
          ) : (
            <NoPage mayServe={mayServe} />
          )}
        </main>
      )}
      <PauseBotDialog pauses={pauses} isOpen={pausing} onOpenChange={setPausing} />
      <UndoToast />
      <Announcer />
      <Shortcuts isOpen={help} onOpenChange={setHelp} />
    </div>
  )
}

function NoPage({ mayServe }: { mayServe: boolean }) {
  return (
    <div className="empty">
      <Icon name="harbour" />
      <strong>{mayServe ? 'There is no such page' : 'Your account has no part in tickets'}</strong>
      {mayServe ? <Go href="/console/">Back to the queue</Go> : <p>Ask an admin for the role “agent”.</p>}
    </div>
  )
}

function LiveBadge() {
  const state = useLiveState()
  return (
    <span className={`live ${state}`}>
      {state === 'live' ? 'Live' : state === 'connecting' ? 'Connecting…' : 'Offline'}
    </span>
  )
}

function LostBanner() {
  return useLiveState() === 'reconnecting' ? (
    <div className="banner warm" role="status">
      <Icon name="alert" />
      <p>The connection was lost; reconnecting. What you see may be old until it is back.</p>
    </div>
  ) : null
}
