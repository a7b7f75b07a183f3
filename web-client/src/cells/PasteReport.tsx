import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import type { PasteResult } from './paste'

interface Props {
  readonly result: PasteResult
  readonly onGo: (id: string) => void
  readonly onClose: () => void
}

const MOST_NAMED = 8

/** What became of a pasted block: nothing is left out in silence. */
export function PasteReport({ result: { writes, skipped, outside, unreadable }, onGo, onClose }: Props) {
  const counts = [
    plural(writes.length, 'valeur collée', 'valeurs collées'),
    skipped && plural(skipped, 'cellule calculée ou sans objet ignorée', 'cellules calculées ou sans objet ignorées'),
    outside && plural(outside, 'valeur hors du tableau', 'valeurs hors du tableau'),
    unreadable.length && plural(unreadable.length, 'valeur illisible', 'valeurs illisibles'),
  ].filter(Boolean)
  return (
    <Alert tone={unreadable.length || outside ? 'warn' : 'good'} onClose={onClose}>
      <p>{counts.join(' · ')}.</p>
      {unreadable.length > 0 && (
        <p className="row">
          À corriger&nbsp;:
          {unreadable.slice(0, MOST_NAMED).map(({ id, text }) => (
            <Button key={id} look="quiet" onClick={() => onGo(id)}>
              {id} «&nbsp;{text}&nbsp;»
            </Button>
          ))}
          {unreadable.length > MOST_NAMED && '…'}
        </p>
      )}
    </Alert>
  )
}
