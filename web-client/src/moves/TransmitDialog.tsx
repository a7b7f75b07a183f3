import { useState } from 'react'
import { SEVERITIES } from '../cells/describe'
import type { Checks, DialogProps, Move } from '../dossier/DossierDialogs'
import { TransmitDossierDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Checkbox } from '../ui/Checkbox'
import { PasswordField } from '../ui/Field'
import { ContactsFields } from './ContactsFields'
import { MoveDialog } from './MoveDialog'
import { StepChange } from './StepChange'
import { useContacts } from './useContacts'

/** Transmits, once: what will be seen, the commitments accepted one by one, the password typed again. */
export function TransmitDialog({ move, ...of }: DialogProps & { move: Move }) {
  const { dossier, checks } = of
  const [accepted, setAccepted] = useState(() => move.commitments.map(() => false))
  const [password, setPassword] = useState('')
  const contacts = useContacts(dossier.id, !move.asksContacts)
  return (
    <MoveDialog
      {...{ of }}
      title={move.label}
      action="Transmettre définitivement"
      icon="send"
      send={async (once) => {
        const variables = { dossier: dossier.id, commitments: accepted, password, contacts: contacts.sent }
        return contacts.judge(await once(TransmitDossierDocument, variables))
      }}
    >
      <StepChange dossier={dossier} to={move.target} />
      <Alert tone="warn" title="Un dossier n’est transmis qu’une seule fois.">
        <p>
          Le dossier {dossier.form} {dossier.year} de {dossier.organism.name} deviendra consultable par le destinataire
          et par les partenaires autorisés. {summary(checks)}
        </p>
      </Alert>
      {move.asksContacts && <ContactsFields {...contacts} />}
      <fieldset className="stack">
        <legend className="legend-title">Vos engagements</legend>
        {move.commitments.map((commitment, index) => (
          <Checkbox
            key={commitment}
            required
            checked={accepted[index]}
            onChange={(event) => setAccepted(accepted.with(index, event.target.checked))}
          >
            {commitment}
          </Checkbox>
        ))}
      </fieldset>
      <PasswordField
        label="Votre mot de passe"
        hint="Le saisir de nouveau vaut acceptation de ces engagements."
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </MoveDialog>
  )
}

function summary({ verification, stale }: Checks): string {
  if (!verification) return 'Il n’a pas encore été vérifié.'
  const { blocking, major, minor } = verification
  const counts = [
    blocking && plural(blocking, `anomalie ${SEVERITIES.BLOCKING.label}`, `anomalies ${SEVERITIES.BLOCKING.many}`),
    major && plural(major, `anomalie ${SEVERITIES.MAJOR.label}`, `anomalies ${SEVERITIES.MAJOR.many}`),
    minor && plural(minor, `anomalie ${SEVERITIES.MINOR.label}`, `anomalies ${SEVERITIES.MINOR.many}`),
  ].filter(Boolean)
  const found = counts.length ? counts.join(', ') : 'aucune anomalie'
  return `Dernière vérification${stale ? ' (antérieure à vos dernières saisies)' : ''}\u00a0: ${found}.`
}
