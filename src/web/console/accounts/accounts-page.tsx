// The accounts page: who may sign in, with which roles. Admins only.
import { useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ask, asProblem, type People, type User } from '../api-client.ts'
import { useResource } from '../use-resource.ts'
import { PersonForm } from './account-form.tsx'
import { RemovePerson } from './remove-account.tsx'

export function PeoplePage({ user }: { user: User }) {
  const { data, problem, put, refresh } = useResource<{ people: People }>('/api/people')
  const [editing, setEditing] = useState<User | 'new'>()
  const [refusal, setRefusal] = useState<string>()
  useTitle('People')

  const remove = async (email: string) => {
    try {
      await ask('DELETE', `/api/people/${encodeURIComponent(email)}`)
      setRefusal(undefined)
      refresh()
    } catch (error) {
      setRefusal(asProblem(error).message)
    }
  }
  const trouble = problem?.message ?? refusal

  return (
    <div className="page">
      <div className="page-head">
        <h1>People</h1>
        <Act look="primary" onPress={() => setEditing('new')}>
          Add a person
        </Act>
      </div>
      {trouble ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{trouble}</p>
        </div>
      ) : null}
      <ul className="people">
        {data?.people.map((person) => (
          <li key={person.email}>
            <div>
              <strong>{person.name}</strong> {person.email === user.email ? <span className="chip">you</span> : null}
              <p className="faint">
                {person.email} · {person.roles.join(', ')}
              </p>
            </div>
            <Act small onPress={() => setEditing(person)} aria-label={`Change ${person.name}`}>
              Change
            </Act>
            {person.email === user.email ? null : (
              <RemovePerson person={person} onRemove={() => remove(person.email)} />
            )}
          </li>
        ))}
      </ul>
      {editing ? (
        <PersonForm
          key={editing === 'new' ? '' : editing.email}
          person={editing === 'new' ? undefined : editing}
          onDone={(people) => {
            if (people) put({ people })
            setEditing(undefined)
          }}
        />
      ) : null}
    </div>
  )
}
