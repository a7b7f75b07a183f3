import { formatCount } from '../text/numbers'
import { Button, IconButton } from '../ui/Button'
import { around } from './pages'

interface Props {
  /** From zero. */
  readonly page: number
  readonly count: number
  readonly onGo: (page: number) => void
}

/** The way to the other pages of the results (manual §6.4): the first, the one before, each around, the last. */
export function ResultPages({ page, count, onGo }: Props) {
  if (count < 2) return null
  const last = count - 1
  return (
    <nav className="result-pages" aria-label="Pages de résultats">
      <IconButton icon="chevronFirst" label="Première page" disabled={page === 0} onClick={() => onGo(0)} />
      <IconButton icon="chevronLeft" label="Page précédente" disabled={page === 0} onClick={() => onGo(page - 1)} />
      {around(page, count).map((number) => (
        <Button
          key={number}
          look={number === page ? 'primary' : 'secondary'}
          aria-current={number === page ? 'page' : undefined}
          aria-label={`Page ${formatCount(number + 1)}`}
          onClick={() => onGo(number)}
        >
          {formatCount(number + 1)}
        </Button>
      ))}
      <IconButton icon="chevronRight" label="Page suivante" disabled={page === last} onClick={() => onGo(page + 1)} />
      <IconButton icon="chevronLast" label="Dernière page" disabled={page === last} onClick={() => onGo(last)} />
    </nav>
  )
}
