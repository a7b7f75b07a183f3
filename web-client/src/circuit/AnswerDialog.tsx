import { useState } from 'react'
import { GiveVisaDocument, type VisaAnswer } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { PasswordField, TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { NATURES, type Visa, answerLabel, asksReason } from './words'

export type Holder = Visa['standsFor'][number]

/** The visa that is being answered, and for whom if it is not for oneself. */
export interface Asked {
  readonly visa: Visa
  readonly holder: Holder | undefined
}

interface Props {
  readonly dossier: string
  /** Of the dossier as the screen shows it: nobody signs what he has not seen. */
  readonly version: number
  readonly asked: Asked
  readonly isOverruling: boolean
  readonly onClose: () => void
  readonly onDone: () => void
  /** What the screen shows is no longer so. */
  readonly onStale: () => void
}

export function AnswerDialog({ dossier, version, asked, isOverruling, onClose, onDone, onStale }: Props) {
  const { visa, holder } = asked
  const { send, busy, problem } = useOnce()
  const [answer, setAnswer] = useState<VisaAnswer>()
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const isSigning = visa.nature === 'SIGNATURE'
  const isReasoned = answer !== undefined && asksReason(answer, isOverruling)
  const give = async () => {
    if (!answer) return
    const given = { visa: visa.code, answer, reason, standsFor: holder?.id, version }
    const said = { dossier, ...given, password: isSigning ? password : undefined }
    const done = await send(GiveVisaDocument, said)
    if (done) onDone()
    else onStale()
  }
  return (
    <FormDialog
      title={visa.label}
      action={isSigning ? 'Signer' : 'Répondre'}
      busy={busy}
      ready={answer !== undefined}
      onSend={() => void give()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      {holder && <p>Vous répondez pour {holder.name}, par délégation&nbsp;: son nom et le vôtre seront gardés.</p>}
      <fieldset className="stack-tight">
        <legend className="legend-title">{NATURES[visa.nature]}</legend>
        {visa.answers.map((one) => (
          <label key={one} className="checkbox">
            <input type="radio" name="answer" required checked={answer === one} onChange={() => setAnswer(one)} />
            <span>{answerLabel(one, visa.nature)}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        label={isReasoned ? 'Motif' : 'Motif (facultatif)'}
        hint={
          isOverruling && answer === 'APPROVED'
            ? 'Un avis défavorable demande que l’on dise pourquoi on décide autrement.'
            : 'Tous ceux qui lisent le dossier le liront.'
        }
        required={isReasoned}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {isSigning && (
        <PasswordField
          label="Votre mot de passe"
          hint="Le saisir de nouveau vaut signature du dossier tel qu’il est."
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      )}
    </FormDialog>
  )
}
