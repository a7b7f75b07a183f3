import { useState } from 'react'
import { GrantDeadlineDocument, type Step } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { stepNumber } from '../search/criteria'
import { formatDay } from '../text/dates'
import { SelectField, TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { type Campaign, LEFT, type Line, heldAt } from './campaign'

interface Props {
  readonly campaign: Campaign
  readonly line: Line
  readonly onClose: () => void
  readonly onDone: (sentence: string) => void
}

/** Gives one dossier another last day, with the reason that stays beside it. */
export function GrantDialog({ campaign, line, onClose, onDone }: Props) {
  const { dossier, dueOn } = line
  const { send, busy, problem } = useOnce()
  const left = LEFT.filter(([step]) => stepNumber(step) >= stepNumber(dossier.step))
  const [step, setStep] = useState<Step>(heldAt(campaign, line))
  const [day, setDay] = useState('')
  const [reason, setReason] = useState('')
  const grant = async () => {
    const variables = { dossier: dossier.id, step, dueOn: day, reason: reason.trim() }
    const sent = await send(GrantDeadlineDocument, variables)
    if (sent) onDone(`Dernier jour accordé à ${dossier.organism.name}\u00a0: ${formatDay(day)}.`)
  }
  return (
    <FormDialog
      title={`Autre dernier jour pour ${dossier.organism.name}`}
      action="Accorder"
      busy={busy}
      ready={day !== '' && reason.trim() !== ''}
      onSend={() => void grant()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>
        {dueOn ? `Son dernier jour est le ${formatDay(dueOn)}.` : 'Il n’a pas de dernier jour.'} L’exception l’emporte
        sur celui de la campagne, pour cette étape.
      </p>
      <SelectField label="Étape à quitter" value={step} onChange={({ target }) => setStep(target.value as Step)}>
        {left.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Dernier jour"
        type="date"
        value={day}
        data-autofocus
        onChange={({ target }) => setDay(target.value)}
      />
      <TextField label="Motif" maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
    </FormDialog>
  )
}
