import { useState } from 'react'
import { useQuery } from 'urql'
import {
  AssignDocument,
  AssignableDocument,
  type AssignmentRole,
  GroupMailRecipientsDocument,
  SendGroupMailDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { plural } from '../text/numbers'
import { SelectField, TextArea, TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import type { MassMoveChoice, Place } from './campaign'
import { MassMoveDialog } from './MassMoveDialog'

export type Act = 'move' | 'assign' | 'mail'

export interface ActProps {
  readonly dossiers: readonly string[]
  readonly onClose: () => void
  /** What was done, in a sentence. */
  readonly onDone: (sentence: string) => void
}

interface Props extends ActProps {
  readonly act: Act
  readonly place: Place
  readonly moves: readonly MassMoveChoice[]
  /** How many of the dossiers the list has shown: the moves are theirs. */
  readonly shown: number
}

/** What may be done with the dossiers that were chosen. */
export function ActDialog({ act, place, moves, shown, ...props }: Props) {
  if (act === 'move') return <MassMoveDialog {...{ moves, shown }} {...props} />
  if (act === 'assign') return <AssignDialog place={place} {...props} />
  return <MailDialog {...props} />
}

function AssignDialog({ place: { platform, form }, dossiers, onClose, onDone }: ActProps & { place: Place }) {
  const { send, busy, problem } = useOnce()
  const [{ data, error }] = useQuery({ query: AssignableDocument, variables: { platform, form } })
  const [role, setRole] = useState<AssignmentRole>('OFFICER')
  const [user, setUser] = useState('')
  const assign = async () => {
    const sent = await send(AssignDocument, { dossiers: [...dossiers], role, user: user || null })
    if (sent) onDone(`${plural(sent.assign, 'dossier confié', 'dossiers confiés')}.`)
  }
  return (
    <FormDialog
      title={`Confier ${plural(dossiers.length, 'dossier')}`}
      action="Confier"
      busy={busy}
      onSend={() => void assign()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem ?? problemOf(error)} />
      <SelectField
        label="Comme"
        value={role}
        data-autofocus
        onChange={({ target }) => setRole(target.value as AssignmentRole)}
      >
        <option value="OFFICER">chargé de mission</option>
        <option value="ACCOUNT_MANAGER">responsable d’affaire</option>
      </SelectField>
      <SelectField
        label="À"
        value={user}
        hint="Une personne de la plateforme qui peut lire tous ces dossiers."
        onChange={({ target }) => setUser(target.value)}
      >
        <option value="">personne</option>
        {data?.assignable.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  )
}

function MailDialog({ dossiers, onClose, onDone }: ActProps) {
  const { send, busy, problem } = useOnce()
  const variables = { dossiers: [...dossiers] }
  const [{ data, error }] = useQuery({
    query: GroupMailRecipientsDocument,
    variables,
    requestPolicy: 'network-only',
  })
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const reached = data?.groupMailRecipients
  const mail = async () => {
    const sent = await send(SendGroupMailDocument, { ...variables, subject, text })
    if (sent) onDone(`Courriel envoyé à ${plural(sent.sendGroupMail, 'personne')}.`)
  }
  return (
    <FormDialog
      title={`Écrire aux contacts de ${plural(dossiers.length, 'dossier')}`}
      action="Envoyer"
      size="l"
      busy={busy}
      ready={Boolean(reached) && subject.trim() !== '' && text.trim() !== ''}
      onSend={() => void mail()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem ?? problemOf(error)} />
      <p aria-live="polite">
        {reached === undefined
          ? 'Recherche des contacts privilégiés…'
          : reached === 0
            ? 'Aucun contact privilégié ne peut voir ces dossiers.'
            : `Ce courriel ira à ${plural(reached, 'contact privilégié', 'contacts privilégiés')}, une fois à chacun.`}
      </p>
      <TextField
        label="Objet"
        maxLength={120}
        value={subject}
        data-autofocus
        onChange={({ target }) => setSubject(target.value)}
      />
      <TextArea
        label="Texte"
        rows={8}
        maxLength={5000}
        value={text}
        hint="Texte simple. N’y écrivez aucune donnée d’un dossier."
        onChange={({ target }) => setText(target.value)}
      />
    </FormDialog>
  )
}
