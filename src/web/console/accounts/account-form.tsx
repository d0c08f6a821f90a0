// The form of an account: name, roles, password.
import { type FormEvent, useState } from 'react'
import { CheckboxGroup, Form, Input, Label, Text, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Check } from '../../ui/checkbox.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ask, asProblem, type People, type User } from '../api-client.ts'

const ROLES = [
  ['agent', 'takes over conversations'],
  ['supervisor', 'watches the queue and helps out'],
  ['policy-owner', 'decides what may be said'],
  ['editor', 'writes articles'],
  ['admin', 'all of it, and the people'],
] as const

const wordsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean)

type Props = { person?: User; onDone: (people?: People) => void }

/** Adds a person, or changes one; an empty password stays as it is. */
export function PersonForm({ person, onDone }: Props) {
  const [email, setEmail] = useState(person?.email ?? '')
  const [name, setName] = useState(person?.name ?? '')
  const [password, setPassword] = useState('')
  const [roles, setRoles] = useState<string[]>([...(person?.roles ?? ['agent'])])
  const [teams, setTeams] = useState(person?.teams.join(', ') ?? '')
  const [languages, setLanguages] = useState(person?.languages.join(', ') ?? '')
  const [capacity, setCapacity] = useState(String(person?.capacity ?? 5))
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)

  const keep = async (event: FormEvent) => {
    event.preventDefault()
    setPending(true)
    try {
      const work = { teams: wordsOf(teams), languages: wordsOf(languages), capacity: Number(capacity) }
      const body = { email, name, roles, ...work, ...(password ? { password } : {}) }
      onDone((await ask<{ people: People }>('POST', '/api/people', body)).people)
    } catch (error) {
      setProblem(asProblem(error).message)
      setPending(false)
    }
  }

  return (
    <Box title={person ? `Change ${person.name}` : 'Add a person'} isOpen onOpenChange={() => onDone()}>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      ) : null}
      <Form onSubmit={keep} className="dialog-form">
        <TextField className="field" value={name} onChange={setName} isRequired autoFocus>
          <Label>Name</Label>
          <Input className="input" />
        </TextField>
        <TextField className="field" type="email" value={email} onChange={setEmail} isRequired isDisabled={!!person}>
          <Label>E-mail</Label>
          <Input className="input" />
        </TextField>
        <TextField
          className="field"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired={!person}
          minLength={12}
        >
          <Label>{person ? 'New password' : 'Password'}</Label>
          <Input className="input" />
          <Text slot="description">
            At least 12 characters.{person ? ' Leave it empty to keep the present one.' : ''}
          </Text>
        </TextField>
        <CheckboxGroup className="field" value={roles} onChange={setRoles} isRequired>
          <Label>Roles</Label>
          {ROLES.map(([role, what]) => (
            <Check key={role} value={role} means={what}>
              {role}
            </Check>
          ))}
        </CheckboxGroup>
        <TextField className="field" value={teams} onChange={setTeams}>
          <Label>Teams</Label>
          <Input className="input" placeholder="customer-care, press" />
          <Text slot="description">Whose tickets they take with “Next ticket”. Empty: any team’s.</Text>
        </TextField>
        <TextField className="field" value={languages} onChange={setLanguages}>
          <Label>Languages</Label>
          <Input className="input" placeholder="en, de" />
          <Text slot="description">In which they answer, two letters each. Empty: any.</Text>
        </TextField>
        <TextField className="field" type="number" value={capacity} onChange={setCapacity} isRequired>
          <Label>Most tickets at a time</Label>
          <Input className="input" min={1} max={100} />
          <Text slot="description">
            Who holds so many is assigned no more. It counts where tickets are assigned automatically.
          </Text>
        </TextField>
        <div className="buttons">
          <Act onPress={() => onDone()}>Cancel</Act>
          <Act type="submit" look="primary" isPending={pending}>
            {person ? 'Keep' : 'Add'}
          </Act>
        </div>
      </Form>
    </Box>
  )
}
