// The menu of the account: pages, theme, sign out.
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Icon } from '../../ui/icon.tsx'
import type { User } from '../api-client.ts'
import { mayReadPolicy } from '../policies/permissions.ts'
import { go } from '../router.tsx'

type Props = { user: User; playground: boolean; onPauseBot?: () => void; onSignOut: () => void }

export function AccountMenu({ user, playground, onPauseBot, onSignOut }: Props) {
  const admin = user.roles.includes('admin')
  const lead = admin || user.roles.includes('supervisor')
  return (
    <MenuTrigger>
      <Button className="button quiet" aria-label={`Account: ${user.name}`}>
        <Icon name="person" />
        <span className="desktop-only">{user.name}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <p className="who">
          {user.email}
          <br />
          {user.roles.join(', ')}
        </p>
        <Menu aria-label="Account">
          {mayReadPolicy(user) ? <MenuItem onAction={() => go('/console/policy')}>Policies</MenuItem> : null}
          {lead ? <MenuItem onAction={() => go('/console/outbox')}>Outbox</MenuItem> : null}
          {admin ? <MenuItem onAction={() => go('/console/people')}>People</MenuItem> : null}
          {onPauseBot ? <MenuItem onAction={onPauseBot}>Pause the bot…</MenuItem> : null}
          {playground ? (
            <MenuItem href="/playground/" target="_blank">
              Open the playground
            </MenuItem>
          ) : null}
          <MenuItem onAction={onSignOut}>Sign out</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
