// The banner that the content's files have problems.
import { Icon } from '../../ui/icon.tsx'
import type { ContentState } from '../api-client.ts'

/** Says when the content files as they are now cannot be served, or want a look. */
export function ContentBanner({ content }: { content?: ContentState }) {
  if (!content || content.problems.length === 0) return null
  const errors = content.problems.some(({ severity }) => severity === 'error')
  const many = content.problems.length === 1 ? 'a problem' : `${content.problems.length} problems`
  return (
    <details className={`banner ${errors ? 'danger' : 'warm'}`}>
      <summary>
        <Icon name="alert" /> The content files have {many}.{' '}
        {errors ? `Version ${content.version} stays in use until they are mended.` : ''}
      </summary>
      <ul>
        {content.problems.map(({ file, line, problem }) => (
          <li key={`${file}:${line}:${problem}`}>
            <code>
              {file}:{line}
            </code>{' '}
            {problem}
          </li>
        ))}
      </ul>
    </details>
  )
}
