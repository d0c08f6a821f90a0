// The files of a draft, the one that is open, and what is wrong with it.
import { lazy, Suspense, useState } from 'react'
import { Act } from '../../../ui/button.tsx'
import { useMedia } from '../../../ui/use-media-query.ts'
import { shortPath } from '../shared.tsx'
import type { DraftProps } from './draft-page.tsx'
import { NewTopic } from './new-policy-file.tsx'
import { FindingsPanel } from './problems-panel.tsx'
import { RemoveFile } from './remove-file.tsx'
import { useLint } from './use-lint.ts'

const Editor = lazy(() => import('./editor.tsx'))

export function EditView({ view, draft, words, open }: DraftProps) {
  const changed = new Set(draft.diff.map(({ path }) => path))
  const [chosen, setChosen] = useState(() => view.paths.find((path) => changed.has(path)) ?? view.paths[0])
  const [target, setTarget] = useState<{ path: string; line: number }>()
  const path = chosen !== undefined && view.paths.includes(chosen) ? chosen : view.paths[0]
  const text = path === undefined ? '' : view.textOf(path)
  const lint = useLint(draft.id, path, text)
  const narrow = useMedia('(max-width: 900px)')

  const goTo = (file: string, line: number) => {
    setChosen(file)
    setTarget({ path: file, line })
  }
  const mark = (one: string) => (view.unsaved.includes(one) ? 'not saved' : changed.has(one) ? 'changed' : undefined)

  return (
    <div className="edit-view">
      {narrow ? (
        <label className="field files-select">
          <span className="label">File</span>
          <select className="input" value={path} onChange={(event) => setChosen(event.target.value)}>
            {view.paths.map((one) => (
              <option key={one} value={one}>
                {shortPath(one)}
                {mark(one) ? ` (${mark(one)})` : ''}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <nav className="files" aria-label="Files">
          <ul>
            {view.paths.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  aria-current={one === path ? 'true' : undefined}
                  onClick={() => setChosen(one)}
                  className={mark(one) ? 'marked-file' : ''}
                >
                  {shortPath(one)}
                  {mark(one) ? <span className="hidden-text">, {mark(one)}</span> : null}
                </button>
              </li>
            ))}
          </ul>
          {open ? <NewTopic view={view} onMade={setChosen} /> : null}
        </nav>
      )}
      <section className="edit-main" aria-label={path}>
        <div className="edit-bar">
          <code>{path}</code>
          <span className="faint" role="status">
            {path === undefined ? '' : view.unsaved.includes(path) ? 'Not saved' : mark(path) ? 'Changed, saved' : ''}
          </span>
          {open && path !== undefined ? (
            <div className="policy-acts">
              <RemoveFile view={view} path={path} />
              <Act
                small
                look="primary"
                isPending={view.saving}
                isDisabled={view.unsaved.length === 0}
                onPress={() => void view.save()}
              >
                Save
              </Act>
            </div>
          ) : null}
        </div>
        {path === undefined ? (
          <p className="none">There are no policy files yet.</p>
        ) : (
          <Suspense fallback={<p className="editor-loading faint">Loading the editor…</p>}>
            <Editor
              key={path}
              path={path}
              text={text}
              readOnly={!open}
              problems={lint.problems}
              words={words}
              target={target?.path === path ? target : undefined}
              onChange={(next) => view.write(path, next)}
              onSave={() => void view.save()}
            />
          </Suspense>
        )}
      </section>
      <FindingsPanel lint={lint} draft={draft} path={path} onGo={goTo} />
    </div>
  )
}
