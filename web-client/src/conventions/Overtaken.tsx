import { formatMoment } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import type { Convention } from './model'

interface Props {
  /** As someone else has saved it. */
  readonly convention: Convention
  readonly onKeep: () => void
  readonly onTake: () => void
}

const takeFocus = (box: HTMLElement | null) => box?.focus()

/** Two people at once: nothing typed here is lost, nothing of the other is written over unseen. */
export function Overtaken({ convention: { id, history }, onKeep, onTake }: Props) {
  const [last] = history
  return (
    <div ref={takeFocus} tabIndex={-1}>
      <Alert tone="warn" title="Cette convention a changé pendant que vous l’écriviez.">
        <p>
          {last && `${last.label}, ${formatMoment(last.at)}${last.author ? `, ${last.author}` : ''}. `}
          Vos modifications sont encore ici.{' '}
          <a href={`/conventions/${id}`} target="_blank" rel="noopener">
            Voir la version enregistrée (nouvel onglet)
          </a>
        </p>
        <div className="conventions-actions">
          <Button onClick={onKeep}>Garder ma version</Button>
          <Button onClick={onTake}>Reprendre la version enregistrée</Button>
        </div>
      </Alert>
    </div>
  )
}
