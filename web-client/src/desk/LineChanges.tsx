import { useMore } from '../packs/useMore'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'

interface Named {
  readonly text: string
  readonly values: readonly string[]
}

const MOST = 30

/** The rules that a change takes away, then those that it adds. */
export function LineChanges({ added, closed }: { added: readonly Named[]; closed: readonly Named[] }) {
  const changes = [
    ...closed.map((line) => ({ line, isAdded: false })),
    ...added.map((line) => ({ line, isAdded: true })),
  ]
  const { shown, hidden, showAll } = useMore(changes, MOST)
  if (changes.length === 0) return <p className="muted">Aucune règle ne change.</p>
  return (
    <>
      <ul className="desk-changes">
        {shown.map(({ line, isAdded }) => (
          <li key={`${isAdded} ${line.values.join()}`}>
            {isAdded ? <ins>+ {line.text}</ins> : <del>− {line.text}</del>}
          </li>
        ))}
      </ul>
      {hidden > 0 && <Button onClick={showAll}>Afficher {plural(hidden, 'autre règle', 'autres règles')}</Button>}
    </>
  )
}
