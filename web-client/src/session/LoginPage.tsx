import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Redirect, useSearchParams } from 'wouter'
import type { Problem } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { PasswordField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { placeToGo } from './place'
import { useSession } from './session'
import './login.css'

export function LoginPage() {
  usePageTitle('Connexion')
  const { viewer, expired, signIn } = useSession()
  const [search] = useSearchParams()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])

  if (viewer) return <Redirect to={placeToGo(search.get('suite'), viewer.home)} replace />

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const found = await signIn(String(form.get('login')).trim(), String(form.get('password')))
    setBusy(false)
    setProblem(found)
  }
  return (
    <main className="login">
      <div className="login-card">
        <p className="login-brand">
          <img src={new URL('../theme/icon.svg', import.meta.url).href} alt="" width="44" height="44" />
          Harmonia
        </p>
        <h1>Connexion</h1>
        <p className="muted">La collecte des états réglementaires et des questionnaires du logement social.</p>
        {expired && !problem && (
          <Alert tone="info">
            <p>
              Votre session est terminée. Reconnectez-vous&nbsp;: vous reviendrez où vous étiez. Vos valeurs de cellules
              et vos messages commencés sont conservés.
            </p>
          </Alert>
        )}
        <ProblemAlert problem={problem} />
        <form className="stack" onSubmit={submit}>
          <TextField
            label="Identifiant"
            name="login"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            ref={first}
          />
          <PasswordField label="Mot de passe" name="password" autoComplete="current-password" required />
          <Button type="submit" look="primary" busy={busy}>
            Connexion
          </Button>
        </form>
      </div>
    </main>
  )
}
