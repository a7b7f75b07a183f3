import { type FormEvent, useId, useState } from 'react'
import { useClient } from 'urql'
import { AdvanceDossierDocument } from '../../gen/graphql'
import { problemOf } from '../../graphql/problem'
import { STEPS, stepNumber } from '../../search/criteria'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextArea } from '../../ui/Field'
import { Icon } from '../../ui/Icon'
import { ProblemAlert } from '../../ui/Problem'
import type { DialogProps, Move } from '../DossierDialogs'
import { Obstacles } from './Obstacles'
import { useCrossing } from './useCrossing'

/** Crosses one step, forwards or back. */
export function AdvanceDialog({
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
  const [reason, setReason] = useState('')
  const { busy, problem, obstacles, cross } = useCrossing(
    cells,
    async (key) => {
      const { error } = await client.mutation(AdvanceDossierDocument, {
        dossier: dossier.id,
        move: move.name,
        reason: reason.trim() || null,
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
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {move.label}
          </Button>
        </>
      }
    >
      <StepChange from={stepNumber(dossier.step)} to={stepNumber(move.target)} />
      <ProblemAlert problem={problem}>
        <Obstacles {...{ obstacles, checks, goToCell }} />
      </ProblemAlert>
      <form id={form} onSubmit={submit}>
        <TextArea
          label="Commentaire (facultatif)"
          hint="Il reste dans l’historique du dossier."
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

export function StepChange({ from, to }: { from: number; to: number }) {
  return (
    <p className="step-change">
      <span>
        {from} – {STEPS[from]?.label}
      </span>
      <Icon name="arrowRight" />
      <span className="visually-hidden">vers</span>
      <strong>
        {to} – {STEPS[to]?.label}
      </strong>
    </p>
  )
}
