// The bell: what concerns me. Also as a desktop notification and with a sound, for whoever wants them.
import { useEffect, useRef, useState } from 'react'
import { Checkbox, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { Icon } from '../../ui/icon.tsx'
import { announce } from '../../ui/live-region.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import { useUnread } from '../../ui/use-title.ts'
import { ask, type Notifications } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'
import { Go, ticketPath } from '../router.tsx'
import { useResource } from '../use-resource.ts'
import { playSound, showOnDesktop, useAlerts } from './alerts.ts'

type One = Notifications['notifications'][number]

const WORDS: Record<One['kind'], (one: One) => string> = {
  assigned: ({ customer }) => `You were given the ticket of ${customer}`,
  transferred: ({ by, customer }) => `${by ?? 'A colleague'} handed you the ticket of ${customer}`,
  'customer-wrote': ({ customer }) => `${customer} wrote to you`,
  mentioned: ({ by, customer }) => `${by ?? 'A colleague'} named you in a note on ${customer}`,
  note: ({ by, customer }) => `${by ?? 'A colleague'} left a note on ${customer}`,
  'due-soon': ({ customer }) => `The answer to ${customer} is due soon`,
  late: ({ customer }) => `The answer to ${customer} is late`,
  danger: ({ customer }) => `Somebody may be in danger, and nobody has claimed the ticket of ${customer}`,
  back: ({ customer }) => `The ticket of ${customer} is back from snoozing`,
}
const inWords = (one: One): string => WORDS[one.kind](one)

const PATH = '/api/notifications'

/** `ticket`: the one before their eyes, whose notifications they have read. */
export function Bell({ ticket }: { ticket?: string }) {
  const [isOpen, setOpen] = useState(false)
  const { data, put, refresh } = useResource<Notifications>(PATH)
  const alerts = useAlerts()
  useLive((event) => (event === 'connected' || event.type === 'notifications-changed') && refresh())
  const all = data?.notifications ?? []
  const unread = all.filter(({ read }) => !read)
  useUnread(unread.length)

  const markRead = (which: { ticket?: string }) => {
    // What could not be marked stays unread, and is marked at the next look.
    const [newest] = all
    if (newest) ask<Notifications>('POST', `${PATH}/read`, { ...which, until: newest.at }).then(put, () => {})
  }
  const isSeen = ticket !== undefined && unread.some((one) => one.ticket === ticket)
  const mark = useRef(markRead)
  mark.current = markRead
  useEffect(() => {
    if (!isSeen) return
    const look = () => {
      if (document.visibilityState === 'visible') mark.current(ticket ? { ticket } : {})
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [isSeen, ticket])

  // What was there when the page opened is no news.
  const told = useRef<Set<string>>(undefined)
  const { desktop, sound, isMuted } = alerts
  useEffect(() => {
    if (!data) return
    const news = told.current ? data.notifications.filter((one) => !one.read && !told.current?.has(keyOf(one))) : []
    told.current = new Set(data.notifications.map(keyOf))
    const [first] = news.filter((one) => one.ticket !== ticket || document.visibilityState === 'hidden')
    if (!first) return
    announce(inWords(first))
    const isDanger = news.some(({ kind }) => kind === 'danger')
    // Danger is heard by whoever has not turned the sound off.
    if (sound || (isDanger && !isMuted)) playSound(isDanger)
    if (desktop) showOnDesktop(inWords(first), keyOf(first))
  }, [data, desktop, sound, isMuted, ticket])

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Act
        look="quiet"
        square
        aria-label={unread.length > 0 ? `Notifications, ${unread.length} unread` : 'Notifications'}
      >
        <Icon name="bell" />
        {unread.length > 0 ? <span className="bell-count">{unread.length > 99 ? '99+' : unread.length}</span> : null}
      </Act>
      <Popover className="popover bell" placement="bottom end">
        <Dialog>
          <div className="bell-head">
            <Heading slot="title" level={2}>
              Notifications
            </Heading>
            {unread.length > 0 ? (
              <Act small look="quiet" onPress={() => markRead({})}>
                Mark all as read
              </Act>
            ) : null}
          </div>
          {all.length === 0 ? (
            <p className="none">
              Nothing yet. You are told when a ticket becomes yours, when its customer writes, and when a colleague
              names you in a note.
            </p>
          ) : (
            <ul>
              {all.map((one) => (
                <li key={keyOf(one)}>
                  <Go
                    href={ticketPath(one.ticket)}
                    className={`bell-one ${one.read ? '' : 'bell-unread'} ${one.kind === 'danger' ? 'bell-danger' : ''}`}
                    onPress={() => setOpen(false)}
                  >
                    <span dir="auto">
                      {one.read ? null : <span className="hidden-text">Unread: </span>}
                      {inWords(one)}
                    </span>
                    <time dateTime={one.at} title={exactly(one.at)} className="numbers">
                      {moment(one.at)}
                    </time>
                  </Go>
                </li>
              ))}
            </ul>
          )}
          <div className="bell-settings">
            <Checkbox
              className="check"
              isSelected={desktop}
              onChange={alerts.setDesktop}
              isDisabled={!alerts.mayDesktop}
            >
              <CheckMark /> Show them on my desktop too
            </Checkbox>
            {alerts.mayDesktop ? null : (
              <p className="faint">Your browser does not allow it. Change that in its settings for this site.</p>
            )}
            <Checkbox className="check" isSelected={sound} onChange={alerts.setSound}>
              <CheckMark /> Play a sound
            </Checkbox>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** A customer who writes again is news again. */
const keyOf = ({ id, at }: One): string => `${id} ${at}`

/** Over everything: somebody may be in danger, and whoever is on duty can help. Gone once they have looked. */
export function DangerCall() {
  const { data } = useResource<Notifications>(PATH)
  const [call] = (data?.notifications ?? []).filter(({ kind, read }) => kind === 'danger' && !read)
  if (!call) return null
  return (
    <div className="banner danger" role="alert">
      <Icon name="alert" />
      <p>{inWords(call)}.</p>
      <Go className="button small" href={ticketPath(call.ticket)}>
        Open the ticket
      </Go>
    </div>
  )
}
