// A list over the box where somebody writes: typing narrows it, Enter takes one, Escape closes it.
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import {
  Autocomplete,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  useFilter,
} from 'react-aria-components'

/** Whether this key asks for a list: the sign where a word would begin. */
export function asksFor(sign: '/' | '@', event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  const { value, selectionStart } = event.currentTarget
  return event.key === sign && !event.metaKey && !event.ctrlKey && /(?:^|\s)$/.test(value.slice(0, selectionStart))
}

type Item = { readonly id: string; readonly words: string; readonly shown: ReactNode }

type Props = {
  title: string
  hint: string
  items: readonly Item[]
  /** Said where nothing fits. */
  empty: string
  box: RefObject<HTMLTextAreaElement | null>
  onClose: () => void
  onPick: (id: string) => void
}

export function Picker({ title, hint, items, empty, box, onClose, onPick }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Popover
      className="popover picker"
      triggerRef={box}
      placement="top start"
      isOpen
      onOpenChange={(open) => open || onClose()}
      aria-label={title}
    >
      <Autocomplete filter={contains}>
        <SearchField className="field" autoFocus>
          <Label className="hidden-text">{title}</Label>
          <Input className="input" placeholder={hint} />
        </SearchField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
        <div className="picker-list" tabIndex={0}>
          <ListBox
            aria-label={title}
            items={items}
            onAction={(key) => onPick(String(key))}
            renderEmptyState={() => <p className="none">{empty}</p>}
          >
            {({ id, words, shown }) => (
              <ListBoxItem id={id} textValue={words}>
                {shown}
              </ListBoxItem>
            )}
          </ListBox>
        </div>
      </Autocomplete>
    </Popover>
  )
}
