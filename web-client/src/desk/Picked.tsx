import { IconButton } from '../ui/Button'

/** What was chosen, and the way to choose again. */
export function Picked({ label, name, onForget }: { label: string; name: string; onForget: () => void }) {
  return (
    <div className="desk-picked">
      <span className="desk-picked-label">{label}</span>
      <span className="desk-picked-name">
        <span>{name}</span>
        <IconButton icon="close" label={`Choisir une autre valeur pour ${label}`} onClick={onForget} />
      </span>
    </div>
  )
}
