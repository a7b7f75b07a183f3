import { useState } from 'react'
import type { DialogProps } from '../dossier/DossierDialogs'
import { HandBackDossierDocument, SetSubstepDocument, TakeBackDossierDocument } from '../gen/graphql'
import { today } from '../text/dates'
import { SelectField, TextArea, TextField } from '../ui/Field'
import { MoveDialog } from './MoveDialog'

/** Hands the dossier back to its organism, for it to correct. */
export function HandBackDialog(of: DialogProps) {
  const [reason, setReason] = useState('')
  const [dueOn, setDueOn] = useState('')
  return (
    <MoveDialog
      {...{ of }}
      title="Remettre le dossier à l’organisme"
      action="Remettre à l’organisme"
      send={(once) => once(HandBackDossierDocument, { dossier: of.dossier.id, reason, dueOn: dueOn || null })}
    >
      <p>
        L’organisme pourra corriger son dossier, et vous ne pourrez plus y écrire jusqu’à ce que vous le repreniez. Le
        dossier reste à l’étape 4&nbsp;; les contacts privilégiés seront avertis.
      </p>
      <TextArea
        label="Motif"
        hint="L’organisme le lira au-dessus de son dossier."
        required
        maxLength={2000}
        rows={5}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label="À rendre avant le (facultatif)"
        type="date"
        min={today()}
        value={dueOn}
        onChange={(event) => setDueOn(event.target.value)}
      />
    </MoveDialog>
  )
}

/** Takes a dossier back from its organism. */
export function TakeBackDialog(of: DialogProps) {
  const [reason, setReason] = useState('')
  return (
    <MoveDialog
      {...{ of }}
      title="Reprendre le dossier"
      action="Reprendre le dossier"
      size="s"
      send={(once) => once(TakeBackDossierDocument, { dossier: of.dossier.id, reason })}
    >
      <p>L’organisme ne pourra plus le corriger&nbsp;; les contacts privilégiés seront avertis.</p>
      <TextArea
        label="Commentaire (facultatif)"
        hint="Il reste avec la remise."
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </MoveDialog>
  )
}

/** Says where a dossier is within its step. */
export function SubstepDialog(of: DialogProps) {
  const { id, substep, substeps } = of.dossier
  const [code, setCode] = useState(substep?.code ?? '')
  return (
    <MoveDialog
      {...{ of }}
      title="Sous-étape du dossier"
      action="Enregistrer"
      size="s"
      send={(once) => once(SetSubstepDocument, { dossier: id, substep: code || null })}
    >
      <SelectField
        label="Sous-étape"
        hint="Elle dit où vous en êtes, n’ouvre et n’interdit rien, et s’efface quand le dossier quitte l’étape."
        value={code}
        onChange={(event) => setCode(event.target.value)}
      >
        <option value="">Aucune</option>
        {substeps.map((one) => (
          <option key={one.code} value={one.code}>
            {one.label}
          </option>
        ))}
      </SelectField>
    </MoveDialog>
  )
}
