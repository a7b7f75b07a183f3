import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { type Contact, ROLES, isFilled } from './contacts'
import type { Contacts } from './useContacts'

/** Whom the platform may call about a dossier, as known, to be confirmed or changed. */
export function ContactsFields({ contacts, problem, fault, change }: Contacts) {
  return (
    <>
      <p>Vérifiez les personnes que la plateforme peut joindre au sujet de ce dossier, puis confirmez-les.</p>
      <ProblemAlert problem={problem} />
      {!contacts && !problem && <Loading label="Lecture des contacts…" />}
      {contacts?.map((contact) => (
        <ContactFields
          key={contact.role}
          contact={contact}
          fault={fault?.role === contact.role ? fault : undefined}
          onChange={(part) => change(contact.role, part)}
        />
      ))}
    </>
  )
}

interface FieldsProps {
  readonly contact: Contact
  readonly fault: { readonly field: string; readonly message?: string } | undefined
  readonly onChange: (part: Partial<Contact>) => void
}

function ContactFields({ contact, fault, onChange }: FieldsProps) {
  const isDeclarant = contact.role === 'DECLARANT'
  const isDue = isDeclarant || isFilled(contact)
  const label = ROLES.find(({ role }) => role === contact.role)?.label
  const text = (name: 'name' | 'title' | 'email' | 'phone', said: string, more: object) => (
    <TextField
      label={said}
      value={contact[name]}
      error={fault?.field === name ? fault.message : undefined}
      onChange={({ target }) => onChange({ [name]: target.value })}
      {...more}
    />
  )
  return (
    <fieldset className="fields">
      <legend className="legend-title">
        {label}
        {!isDeclarant && <span className="muted"> (facultatif)</span>}
      </legend>
      {text('name', 'Nom', { required: isDue, maxLength: 160, autoComplete: 'off' })}
      {text('title', 'Fonction', { maxLength: 120, autoComplete: 'off' })}
      {text('email', 'Adresse électronique', { required: isDue, type: 'email', maxLength: 200, autoComplete: 'off' })}
      {text('phone', 'Téléphone', { type: 'tel', maxLength: 30, autoComplete: 'off' })}
    </fieldset>
  )
}
