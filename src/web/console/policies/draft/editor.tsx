// The text editor for a policy file. A module of its own, so that it is only loaded where somebody edits.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useId, useRef } from 'react'
import type { ContentProblem, Words } from '../api.ts'
import { completeFrom } from './completion-source.ts'
import { editorColours, editorTheme } from './editor-theme.ts'

type Props = {
  path: string
  text: string
  readOnly: boolean
  problems: readonly ContentProblem[]
  words?: Words
  /** The line to go to; a new object each time it is asked for. */
  target?: { readonly line: number }
  onChange: (text: string) => void
  onSave: () => void
}

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.content ?? ''

export default function Editor(props: Props) {
  const { path, text, readOnly, problems, target } = props
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  const help = useId()
  useEffect(() => {
    latest.current = props
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the editor's own once it is open
  useEffect(() => {
    if (!box.current) return
    const save = () => {
      latest.current.onSave()
      return true
    }
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          yaml(),
          syntaxHighlighting(editorColours),
          editorTheme,
          EditorView.lineWrapping,
          lintGutter(),
          autocompletion({ override: [completeFrom(() => latest.current.words)], icons: false }),
          // What cannot be edited is scrolled with the keyboard all the same.
          EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': `Text of ${path}`, 'aria-describedby': help }),
          changing.of(changeable(readOnly)),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current.onChange(state.doc.toString())
          }),
          keymap.of([
            { key: 'Mod-s', preventDefault: true, run: save },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
            ...lintKeymap,
            indentWithTab,
          ]),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [path])

  useEffect(() => {
    view.current?.dispatch({ effects: changing.reconfigure(changeable(readOnly)) })
  }, [readOnly])

  // A text that came another way: somebody else's, taken over.
  useEffect(() => {
    const { current } = view
    if (!current || current.state.doc.toString() === text) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } })
  }, [text])

  useEffect(() => {
    const { current } = view
    if (!current) return
    const { doc } = current.state
    const diagnostics = problems.map(({ line: number, problem, severity }) => {
      const line = doc.line(Math.min(Math.max(1, number), doc.lines))
      const from = line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0)
      return { from, to: Math.max(from, line.to), severity, message: problem }
    })
    current.dispatch(setDiagnostics(current.state, diagnostics))
  }, [problems])

  useEffect(() => {
    const { current } = view
    if (!current || !target) return
    const line = current.state.doc.line(Math.min(Math.max(1, target.line), current.state.doc.lines))
    current.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
    })
    current.focus()
  }, [target])

  return (
    <>
      <div className="editor" ref={box} />
      <p className="editor-help faint" id={help}>
        <span className="desktop-only">
          <kbd>Ctrl</kbd> <kbd>Space</kbd> suggests, <kbd>Ctrl</kbd> <kbd>S</kbd> saves,{' '}
        </span>
        <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor.
      </p>
    </>
  )
}

const changing = new Compartment()
const changeable = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]
