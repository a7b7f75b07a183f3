import { useState } from 'react'
import type { DialogProps } from '../dossier/DossierDialogs'
import { AnswerReopeningDocument, AskReopeningDocument } from '../gen/graphql'
import { TextArea } from '../ui/Field'
import { MoveDialog } from './MoveDialog'

/** Asks the platform to bring the dossier back to step 4 (manual §8.6). */
export function AskReopeningDialog(of: DialogProps) {
  const [reason, setReason] = useState('')
  return (
    <MoveDialog
      {...{ of }}
      title="Demander le retour en étape 4"
      action="Envoyer la demande"
      send={(once) => once(AskReopeningDocument, { dossier: of.dossier.id, reason })}
    >
      <p>
        La plateforme sera avertie. Si elle accepte, le dossier revient en fiabilisation&nbsp;; vous serez averti de sa
        réponse.
      </p>
      <TextArea
        label="Motif"
        required
        maxLength={2000}
        rows={5}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </MoveDialog>
  )
}

/** Accepts a request, which brings the dossier back at once, or refuses it and says why. */
export function AnswerReopeningDialog({
  request,
  accepted,
  ...of
}: DialogProps & { readonly request: string; readonly accepted: boolean }) {
  const [answer, setAnswer] = useState('')
  return (
    <MoveDialog
      {...{ of }}
      title={accepted ? 'Accepter le retour en étape 4' : 'Refuser le retour en étape 4'}
      action={accepted ? 'Accepter et rouvrir' : 'Refuser'}
      look={accepted ? 'primary' : 'danger'}
      send={(once) => once(AnswerReopeningDocument, { request, accepted, answer })}
    >
      <p>
        {accepted
          ? 'Le dossier revient aussitôt en étape 4, et vous le tenez.'
          : 'Le dossier reste où il est. Dites pourquoi à qui le demande.'}{' '}
        Qui l’a demandé et les contacts privilégiés seront avertis.
      </p>
      <TextArea
        label={accepted ? 'Réponse (facultative)' : 'Motif du refus'}
        required={!accepted}
        maxLength={500}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
    </MoveDialog>
  )
}
