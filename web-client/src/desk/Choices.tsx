import './parts.css'

export interface Choice {
  readonly id: string
  readonly name: string
  readonly detail?: string
}

interface Props<Item extends Choice> {
  readonly label: string
  /** Whether the search has answered: none found is then told. */
  readonly isAnswered?: boolean
  readonly items: readonly Item[]
  readonly onPick: (item: Item) => void
}

/** What a search found, each a button: the first answer is one Tab away. */
export function Choices<Item extends Choice>({ label, isAnswered = false, items, onPick }: Props<Item>) {
  if (items.length === 0 && isAnswered) return <p className="desk-choices desk-none">Aucun résultat.</p>
  if (items.length === 0) return null
  return (
    <ul className="desk-choices" aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" onClick={() => onPick(item)}>
            <span>{item.name}</span>
            {item.detail && <span className="muted">{item.detail}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
