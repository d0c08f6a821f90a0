// The list of keyboard shortcuts.
import { Switch } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { turnKeys, useKeysAreOn } from '../../ui/use-shortcut.ts'

const KEYS = [
  ['j, ↓', 'next ticket in the queue'],
  ['k, ↑', 'previous ticket'],
  ['Enter', 'open the ticket'],
  [']', 'open the next ticket of the list'],
  ['[', 'open the one before'],
  ['/', 'search the queue'],
  ['N', 'claim the next ticket'],
  ['c', 'claim'],
  ['t', 'transfer'],
  ['s', 'snooze'],
  ['r', 'write a private reply'],
  ['p', 'go to the public side'],
  ['n', 'write a note'],
  ['1, 2, 3', 'insert a suggested reply'],
  ['/', 'in the box: choose a saved reply'],
  ['@', 'in a note: name a colleague'],
  ['Ctrl Enter', 'send what you wrote; in a dialog: transfer, return'],
  ['Esc', 'leave the box; after sending, take it back'],
  ['e', 'resolve'],
  ['z', 'undo resolving'],
  ['u', 'back to the queue'],
  ['?', 'this list'],
] as const

export function Shortcuts(props: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const on = useKeysAreOn()
  return (
    <Box title="Keyboard shortcuts" {...props}>
      <dl className="shortcuts">
        {KEYS.map(([key, what]) => (
          <div key={what}>
            <dt>
              {key.split(/, | /).map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch className="switch" isSelected={on} onChange={turnKeys}>
        <span className="switch-track" aria-hidden="true" />
        Single-key shortcuts
      </Switch>
      <div className="buttons">
        <Act slot="close" look="primary">
          Close
        </Act>
      </div>
    </Box>
  )
}
