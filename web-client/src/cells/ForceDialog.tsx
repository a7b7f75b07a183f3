import { type FormEvent, useId, useState } from 'react'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextArea } from '../ui/Field'
import type { Forcing } from './actions'
import { formatValue } from './format'
import { type CellData, shownValue } from './model'
import { gapBetween } from './previous'

interface Props {
  readonly forcing: Forcing
  readonly data: CellData
  readonly onForce: (reason: string) => void
  readonly onClose: () => void
}

/** Forcing a computed cell says what it replaces, and asks why: others will read the reason. */
export function ForceDialog({ forcing: { cell, value }, data, onForce, onClose }: Props) {
  const form = useId()
  const [reason, setReason] = useState(data.draft?.reason ?? data.forced?.reason ?? '')
  const automatic = data.forced ? data.forced.automatic : shownValue(data)
  const gap = gapBetween(automatic, value, cell.unit)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim()) onForce(reason.trim())
  }
  return (
    <Dialog
      title={`Forcer la cellule ${cell.id}`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={form}>
            Forcer la valeur
          </Button>
        </>
      }
    >
      <p>
        Le calcul donne <strong className="numeric">{formatValue(automatic, cell.unit) || 'vide'}</strong>. Votre valeur{' '}
        <strong className="numeric">{formatValue(value, cell.unit)}</strong>
        {gap && (
          <>
            {' '}
            (écart <span className="numeric">{gap}</span>)
          </>
        )}{' '}
        le remplacera partout où cette cellule est reprise, jusqu’à ce que vous reveniez au calcul.
      </p>
      <form id={form} onSubmit={submit}>
        <TextArea
          label="Motif"
          hint="Il reste visible de tous ceux qui lisent le dossier."
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          data-autofocus
        />
      </form>
    </Dialog>
  )
}
