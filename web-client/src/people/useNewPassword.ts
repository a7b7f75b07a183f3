import { useState } from 'react'
import { isStrong } from './passwordRules'

/** A new password typed twice: faults are shown once it was tried, and the first one is led to. */
export function useNewPassword() {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isTried, setTried] = useState(false)
  const wrong = isStrong(password) ? password !== again && 'passwordAgain' : 'password'
  const errors = {
    password: isTried && wrong === 'password' ? 'Ce mot de passe ne suit pas toutes les règles.' : undefined,
    passwordAgain: isTried && wrong === 'passwordAgain' ? 'Les deux saisies diffèrent.' : undefined,
  }
  const onChange = (first: string, second: string) => {
    setPassword(first)
    setAgain(second)
  }
  const accept = (form: HTMLFormElement) => {
    setTried(true)
    if (wrong) form.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus()
    return !wrong
  }
  return { sent: { password, passwordAgain: again }, pair: { password, again, errors, onChange }, accept }
}
