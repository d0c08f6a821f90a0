// What is shown while no ticket is open.
import { Icon } from '../../ui/icon.tsx'
import { useTitle } from '../../ui/use-title.ts'

export function NothingChosen() {
  useTitle('Queue')
  return (
    <div className="empty centered">
      <Icon name="harbour" />
      <strong>Choose a ticket</strong>
      <p>You will see what the customer wants, what is known, and both sides of the conversation.</p>
    </div>
  )
}
