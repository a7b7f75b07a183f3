import { useState } from 'react'
import { useQuery } from 'urql'
import type { DialogProps, Move } from '../dossier/DossierDialogs'
import { AdvanceDossierDocument, DossierContactsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { MoveDialog } from './MoveDialog'
import { StepChange } from './StepChange'
import { type Contact, ROLES, everyRole, faultOf, isFilled, toSend } from './contacts'

/** Initialises a dossier: whom the platform may call is confirmed first, as known from last year. */
export function InitialiseDialog({ move, ...of }: DialogProps & { move: Move }) {
  const { dossier } = of
  const [{ data, error }] = useQuery({ query: DossierContactsDocument, variables: { id: dossier.id } })
  const [edited, setEdited] = useState<readonly Contact[]>()
  const [fault, setFault] = useState<ReturnType<typeof faultOf> & { message?: string }>()
  const known = data?.dossier.contacts.length ? data.dossier.contacts : data?.dossier.suggestedContacts
  const contacts = edited ?? (known && everyRole(known))
  const change = (role: Contact['role'], part: Partial<Contact>) =>
    setEdited(contacts?.map((contact) => (contact.role === role ? { ...contact, ...part } : contact)))
  return (
    <MoveDialog
      {...{ of }}
      title={move.label}
      action="Confirmer et initialiser"
      send={async (once) => {
        const sent = toSend(contacts ?? [])
        const variables = { dossier: dossier.id, move: move.name, contacts: sent }
        const answer = await once(AdvanceDossierDocument, variables)
        const found = faultOf(answer.problem?.path, sent)
        setFault(found && { ...found, message: answer.problem?.message })
        return answer
      }}
    >
      <StepChange from={dossier.step} to={move.target} />
      <p>Vérifiez les personnes que la plateforme peut joindre au sujet de ce dossier, puis confirmez-les.</p>
      <ProblemAlert problem={problemOf(error)} />
      {!contacts && !error && <Loading label="Lecture des contacts…" />}
      {contacts?.map((contact) => (
        <ContactFields
          key={contact.role}
          contact={contact}
          fault={fault?.role === contact.role ? fault : undefined}
          onChange={(part) => change(contact.role, part)}
        />
      ))}
    </MoveDialog>
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
      {text('email', 'E-mail', { required: isDue, type: 'email', maxLength: 200, autoComplete: 'off' })}
      {text('phone', 'Téléphone', { type: 'tel', maxLength: 30, autoComplete: 'off' })}
    </fieldset>
  )
}
