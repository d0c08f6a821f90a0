// The notice that somebody else has saved the file meanwhile.
import { Act } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { LineDiff } from '../diff-view.tsx'
import type { DraftView } from './use-draft.ts'

/** Somebody saved the same file meanwhile: shows both, and lets one choose. */
export function ConflictNotice({ view: { conflict, settle } }: { view: DraftView }) {
  if (!conflict) return null
  const { path, mine, theirs, by } = conflict
  return (
    <section className="notice danger conflict" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>
            {by} saved <code>{path}</code> meanwhile.
          </strong>{' '}
          Nothing of yours is lost. Here is how your text differs from theirs.
        </p>
        <LineDiff before={theirs} after={mine} />
        <div className="buttons">
          <Act onPress={() => settle('theirs')}>Take theirs</Act>
          <Act look="primary" onPress={() => settle('mine')}>
            Keep mine
          </Act>
        </div>
      </div>
    </section>
  )
}
