// The sign-in page.
import { type FormEvent, useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon, Mark } from '../../ui/icon.tsx'
import { ThemeToggle } from '../../ui/theme.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ask, asProblem, type User } from '../api-client.ts'

export function SignIn({ why, onSignedIn }: { why?: string; onSignedIn: (user: User) => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState(why)
  const [failed, setFailed] = useState(false)
  useTitle('Sign in')

  const enter = async (event: FormEvent) => {
    event.preventDefault()
    setPending(true)
    setProblem(undefined)
    try {
      const { user } = await ask<{ user: User }>('POST', '/api/session', { email, password })
      onSignedIn(user)
    } catch (error) {
      setProblem(asProblem(error).message)
      setFailed(true)
      setPassword('')
      document.querySelector<HTMLInputElement>('input[type=password]')?.focus()
    } finally {
      setPending(false)
    }
  }

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>
          <Mark /> Warmline
        </h1>
        <p className="sign-in-lead">Sign in to take over conversations from the bot, or to say what it may do.</p>
        {problem ? (
          <div className="notice danger" role="alert">
            <Icon name="alert" />
            <p>{problem}</p>
          </div>
        ) : null}
        <Form onSubmit={enter}>
          <TextField
            className="field"
            type="email"
            name="email"
            autoComplete="username"
            isRequired
            value={email}
            onChange={setEmail}
          >
            <Label>E-mail</Label>
            <Input className="input" />
          </TextField>
          <TextField
            className="field"
            type="password"
            name="password"
            autoComplete="current-password"
            isRequired
            value={password}
            onChange={setPassword}
          >
            <Label>Password</Label>
            <Input className="input" />
          </TextField>
          <Act type="submit" look="primary" isPending={pending}>
            Sign in
          </Act>
        </Form>
        <details key={String(failed)} open={failed}>
          <summary>First time here?</summary>
          <p>
            The first admin account comes from the settings <code>WARMLINE_ADMIN_EMAIL</code> and{' '}
            <code>WARMLINE_ADMIN_PASSWORD</code>, read when Warmline starts. That admin adds everybody else under{' '}
            <em>People</em>.
          </p>
          <p>If you forgot your password, an admin can set a new one there.</p>
        </details>
      </div>
      <ThemeToggle />
    </main>
  )
}
