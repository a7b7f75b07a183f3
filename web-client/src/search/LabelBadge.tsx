import type { LabelTone } from '../gen/graphql'
import { Icon } from '../ui/Icon'

/** A label of one's organization on a dossier: its colour, and its name beside it. */
export function LabelBadge({ label }: { label: { readonly name: string; readonly tone: LabelTone } }) {
  return (
    <span className={`badge label-badge label-${label.tone.toLowerCase()}`}>
      <Icon name="tag" size={12} />
      {label.name}
    </span>
  )
}
