import { useState } from 'react'
import { GiveVisaDocument, type VisaAnswer } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { Alert } from '../ui/Alert'
import { PasswordField, TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { NoticeDialog } from '../ui/NoticeDialog'
import { ProblemAlert } from '../ui/Problem'
import { NATURES, type Visa, answerLabel, asksReason } from './words'

const STALE = 'VISA_STALE'

export type Holder = Visa['standsFor'][number]

/** The visa that is being answered, for whom if it is not for oneself, and the dossier as the screen showed it. */
export interface Asked {
  readonly visa: Visa
  readonly holder: Holder | undefined
  /** Kept as it was when the answer began: nobody signs what he has not seen, on a second try either. */
  readonly version: number
}

interface Props {
  readonly dossier: string
  readonly asked: Asked
  readonly isOverruling: boolean
  readonly onClose: () => void
  readonly onDone: () => void
  /** The circuit may no longer be as it is shown. */
  readonly onRefused: () => void
  /** The dossier itself is no longer as the screen shows it. */
  readonly onStale: () => void
}

export function AnswerDialog({ dossier, asked, isOverruling, onClose, ...told }: Props) {
  const { visa, holder, version } = asked
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
    const done = await send(GiveVisaDocument, said, ({ code }) => code === STALE && told.onStale())
    if (done) told.onDone()
    else told.onRefused()
  }
  if (problem?.code === STALE) return <StaleDialog title={visa.label} onClose={onClose} />
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

/** Nothing is sent a second time from what was shown: the dossier is to be looked at first. */
function StaleDialog({ title, onClose }: { title: string; onClose: () => void }) {
  return (
    <NoticeDialog title={title} onClose={onClose}>
      <Alert tone="warn" title="Le dossier a été modifié depuis que vous l’avez ouvert.">
        <p>
          Votre réponse n’est pas prise. L’écran vient d’être mis à jour&nbsp;: regardez ce qui a changé avant de
          répondre.
        </p>
      </Alert>
    </NoticeDialog>
  )
}
