// The rules that are live, by topic.
import { useMemo, useState } from 'react'
import { Input, Label, SearchField } from 'react-aria-components'
import { many } from '../../labels.ts'
import { useResource } from '../../use-resource.ts'
import { type Version, versionApi } from '../api.ts'
import type { PolicyProps } from '../policies-page.tsx'
import { Nothing, Trouble } from '../shared.tsx'
import { readTopic, searchTopics, type Topic } from './parse-policies.ts'
import { RuleCard } from './rule-card.tsx'

const isTopic = (path: string) => /^policies\/.+\.ya?ml$/.test(path) && path !== 'policies/brand.yaml'

const topicsOf = ({ files }: Version): readonly Topic[] =>
  files.flatMap(({ path, text }) => (isTopic(path) && text !== undefined ? [readTopic(path, text)] : []))

export function RulesView({ policy, words }: PolicyProps) {
  const { data, problem } = useResource<Version>(versionApi(policy.live.version))
  const topics = useMemo(() => data && topicsOf(data), [data])
  const [wanted, setWanted] = useState('')
  const found = useMemo(() => searchTopics(topics ?? [], wanted), [topics, wanted])
  const count = found.reduce((sum, { rules }) => sum + rules.length, 0)
  return (
    <div className="rules-view">
      <aside className="rules-side">
        <SearchField className="field" value={wanted} onChange={setWanted}>
          <Label className="hidden-text">Search the rules</Label>
          <Input className="input" placeholder="Search the rules" />
        </SearchField>
        <nav aria-label="Topics" className="rules-topics">
          {found.map(({ path, topic, rules }) => (
            <a key={path} href={`#${anchorOf(path)}`}>
              {topic} <span className="count numbers">{rules.length}</span>
            </a>
          ))}
        </nav>
      </aside>
      <div className="rules-list">
        <Trouble of={problem} />
        {topics || problem ? null : <p className="faint">Loading…</p>}
        <p className="faint" role="status">
          {topics ? `${many(count, 'rule')} of ${many(found.length, 'topic')}` : ''}
        </p>
        {topics && count === 0 ? (
          <Nothing title={wanted ? 'No rule has these words' : 'There are no rules yet'}>
            <p>{wanted ? 'Try fewer words: they are looked for in names, conditions and reasons.' : ''}</p>
          </Nothing>
        ) : null}
        {found.map((topic) => (
          <TopicRules key={topic.path} topic={topic} words={words} />
        ))}
      </div>
    </div>
  )
}

const anchorOf = (path: string) => `topic-${path.replaceAll(/[^a-z0-9]+/gi, '-')}`

function TopicRules({ topic, words }: { topic: Topic; words: PolicyProps['words'] }) {
  return (
    <section className="topic" id={anchorOf(topic.path)} aria-label={topic.topic}>
      <header className="topic-head">
        <h2>{topic.topic}</h2>
        <p className="faint">
          <code>{topic.path}</code> · owner {topic.owner}
          {topic.rules.length > 0 && <> · {many(topic.examples, 'example')}</>}
          {topic.signals > 0 && <> · {many(topic.signals, 'taught signal')}</>}
          {topic.messages > 0 && <> · {many(topic.messages, 'labelled message')}</>}
        </p>
      </header>
      {topic.broken ? <p className="notice danger">This file cannot be read: {topic.broken}</p> : null}
      {topic.rules.length > 0 ? (
        <ul className="rule-cards">
          {topic.rules.map((rule) => (
            <RuleCard key={rule.id} rule={rule} owner={topic.owner} words={words} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}
