import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { IconButton } from './Button'
import { Icon, type IconName } from './Icon'

interface Common {
  readonly label: string
  readonly hint?: string
  readonly error?: string
}

/** The frame of every field: label, control, hint, error, tied together for those who cannot see it. */
function Frame({ label, hint, error, id, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={`field ${error ? 'field-wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** What is wrong with a field, said as soon as it is there. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="field-error" id={id} role="alert">
      <Icon name="alert" size={15} /> {children}
    </p>
  )
}

function described(id: string, { hint, error }: Common) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined }
}

export function TextField({
  label,
  hint,
  error,
  icon,
  ...input
}: Common & { icon?: IconName } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Frame {...{ label, hint, error, id }}>
      <div className="control-box">
        {icon && <Icon name={icon} />}
        <input
          id={id}
          className={`control ${icon ? 'control-with-icon' : ''}`}
          {...described(id, { label, hint, error })}
          {...input}
        />
      </div>
    </Frame>
  )
}

export function PasswordField({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  const id = useId()
  const [isShown, setShown] = useState(false)
  return (
    <Frame {...{ label, hint, error, id }}>
      <div className="control-box">
        <input
          id={id}
          type={isShown ? 'text' : 'password'}
          className="control control-with-action"
          {...described(id, { label, hint, error })}
          {...input}
        />
        <IconButton
          className="control-action"
          icon="eye"
          label={isShown ? 'Masquer le mot de passe' : 'Afficher le mot de passe'}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      </div>
    </Frame>
  )
}

export function TextArea({ label, hint, error, ...input }: Common & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Frame {...{ label, hint, error, id }}>
      <textarea id={id} className="control" rows={3} {...described(id, { label, hint, error })} {...input} />
    </Frame>
  )
}

export function SelectField({ label, hint, error, children, ...input }: Common & ComponentProps<'select'>) {
  const id = useId()
  return (
    <Frame {...{ label, hint, error, id }}>
      <div className="control-box">
        <select id={id} className="control control-select" {...described(id, { label, hint, error })} {...input}>
          {children}
        </select>
        <Icon name="chevronDown" size={16} />
      </div>
    </Frame>
  )
}
