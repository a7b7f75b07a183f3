import { type FormEvent, useId, useState } from 'react'
import { useClient } from 'urql'
import { SEVERITIES } from '../../cells/describe'
import { TransmitDossierDocument } from '../../gen/graphql'
import { problemOf } from '../../graphql/problem'
import { stepNumber } from '../../search/criteria'
import { plural } from '../../text/numbers'
import { Alert } from '../../ui/Alert'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { PasswordField } from '../../ui/Field'
import { ProblemAlert } from '../../ui/Problem'
import type { Checks, DialogProps, Move } from '../DossierDialogs'
import { StepChange } from './AdvanceDialog'
import { Obstacles } from './Obstacles'
import { useCrossing } from './useCrossing'

/** Transmits, once: what will be seen, the commitments accepted one by one, the password typed again. */
export function TransmitDialog({
  move,
  dossier,
  cells,
  checks,
  goToCell,
  onRewritten,
  onClose,
}: DialogProps & { move: Move }) {
  const client = useClient()
  const form = useId()
  const [accepted, setAccepted] = useState(() => move.commitments.map(() => false))
  const [password, setPassword] = useState('')
  const { busy, problem, obstacles, cross } = useCrossing(
    cells,
    async (key) => {
      const { error } = await client.mutation(TransmitDossierDocument, {
        dossier: dossier.id,
        commitments: accepted,
        password,
        key,
      })
      return problemOf(error)
    },
    () => {
      onRewritten()
      onClose()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void cross()
  }
  return (
    <Dialog
      title={move.label}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" icon="send" type="submit" form={form} busy={busy}>
            Transmettre définitivement
          </Button>
        </>
      }
    >
      <StepChange from={stepNumber(dossier.step)} to={stepNumber(move.target)} />
      <Alert tone="warn" title="Un dossier n’est transmis qu’une seule fois.">
        <p>
          Le dossier {dossier.form} {dossier.year} de {dossier.organism.name} deviendra consultable par le destinataire
          et par les partenaires autorisés. {summary(checks)}
        </p>
      </Alert>
      <ProblemAlert problem={problem}>
        <Obstacles {...{ obstacles, checks, goToCell }} />
      </ProblemAlert>
      <form id={form} className="stack" onSubmit={submit}>
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
      </form>
    </Dialog>
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
  return `Dernière vérification${stale ? ' (antérieure à vos dernières saisies)' : ''} : ${found}.`
}
