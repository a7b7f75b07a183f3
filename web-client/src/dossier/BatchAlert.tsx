import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import type { Batches } from './useBatches'

/** What the server did at the user's word, and the way back. */
export function BatchAlert({ batches: { said, busy, undo, close } }: { batches: Batches }) {
  if (!said) return null
  return (
    <Alert tone={said.tone} onClose={close}>
      <p className="row">
        {said.text}
        {said.tone !== 'bad' && '.'}
        {said.batch && (
          <Button look="quiet" busy={busy} onClick={() => void undo()}>
            Annuler
          </Button>
        )}
      </p>
    </Alert>
  )
}
