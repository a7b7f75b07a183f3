import { useState } from 'react'
import type { DialogProps, Move } from '../dossier/DossierDialogs'
import { AdvanceDossierDocument, type Step } from '../gen/graphql'
import { TextArea } from '../ui/Field'
import { MoveDialog } from './MoveDialog'
import { StepChange } from './StepChange'

const SAID: Partial<Record<Step, string>> = {
  ENTRY_VALIDATION: 'La saisie sera relue par la personne qui la valide\u202f; elle pourra la corriger ou la renvoyer.',
  HIERARCHICAL_VALIDATION: 'Le responsable hiérarchique pourra transmettre le dossier, ou le renvoyer.',
  FINALISATION:
    'Le dossier ne se corrigera plus. Sans remarque de l’organisme ni des partenaires, il pourra être fermé. Les contacts privilégiés seront avertis.',
  CLOSURE:
    'C’est l’étape ultime\u00a0: les valeurs sont gardées telles qu’elles sont, et les contacts privilégiés avertis. Seul un retour en étape 4 le rouvrira.',
}

/** Crosses one step, forwards or back; whoever goes back says why. */
export function AdvanceDialog({ move, ...of }: DialogProps & { move: Move }) {
  const { dossier } = of
  const [reason, setReason] = useState('')
  const said = move.asksReason ? undefined : SAID[move.target]
  return (
    <MoveDialog
      {...{ of }}
      title={move.label}
      action={move.label}
      size="s"
      send={(once) =>
        once(AdvanceDossierDocument, { dossier: dossier.id, move: move.name, reason: reason.trim() || null })
      }
    >
      <StepChange dossier={dossier} to={move.target} />
      {said && <p>{said}</p>}
      <TextArea
        label={move.asksReason ? 'Motif' : 'Commentaire (facultatif)'}
        hint="Il reste dans l’historique du dossier."
        required={move.asksReason}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </MoveDialog>
  )
}
