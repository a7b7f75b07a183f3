import { PasswordField } from '../ui/Field'
import { Icon } from '../ui/Icon'
import { LABELS } from './accountForm'
import { checkPassword } from './passwordRules'

interface Props {
  readonly password: string
  readonly again: string
  readonly errors: { readonly password?: string; readonly passwordAgain?: string }
  readonly onChange: (password: string, again: string) => void
}

/** A password twice, and its rules as they become true. */
export function PasswordPair({ password, again, errors, onChange }: Props) {
  return (
    <>
      <PasswordField
        label={LABELS.password}
        name="password"
        required
        autoComplete="new-password"
        value={password}
        error={errors.password}
        onChange={({ target }) => onChange(target.value, again)}
      />
      <PasswordField
        label={LABELS.passwordAgain}
        name="passwordAgain"
        required
        autoComplete="new-password"
        value={again}
        error={errors.passwordAgain}
        onChange={({ target }) => onChange(password, target.value)}
      />
      <ul className="password-rules people-wide" aria-label="Règles du mot de passe">
        {checkPassword(password).map(({ label, holds }) => (
          <li key={label} className={holds ? 'rule-held' : undefined}>
            <Icon name={holds ? 'check' : 'minus'} size={14} /> {label}
            {holds && <span className="visually-hidden"> : respecté</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
