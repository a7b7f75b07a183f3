import type { Problem } from '../graphql/problem'
import { formatMoment } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { type Moved, movedIn, resumeAfter, useDesk } from './desk'

/** What refused a change; when others have changed the same rules, which, and the way to go on from theirs. */
export function ConflictAlert({ problem }: { problem: Problem | undefined }) {
  const { setDraft, refresh } = useDesk()
  const moved = movedIn(problem)
  if (!moved) return <ProblemAlert problem={problem} />
  return (
    <Alert tone="bad" title="Un autre administrateur a modifié les mêmes règles entre-temps.">
      <ul className="desk-changes">
        {moved.map((row) => (
          <MovedRow key={row.id} row={row} />
        ))}
      </ul>
      <p>
        Reprenez votre modification sur les règles d’aujourd’hui&nbsp;: ce qui est déjà fait en est ôté, le reste est
        gardé, et son effet est mesuré de nouveau.
      </p>
      <p>
        <Button
          icon="refresh"
          onClick={() => {
            setDraft((draft) => resumeAfter(draft, moved))
            refresh('Votre modification est reprise sur les règles d’aujourd’hui.')
          }}
        >
          Reprendre sur la nouvelle version
        </Button>
      </p>
    </Alert>
  )
}

function MovedRow({ row: { id, text, change, by, at } }: { row: Moved }) {
  return (
    <li>
      <span>
        <Badge tone="neutral">{change === 'closed' ? 'retirée' : 'ajoutée'}</Badge> n°&nbsp;{id}&nbsp;: {text}{' '}
        <span className="muted">
          ({by}, {formatMoment(at)})
        </span>
      </span>
    </li>
  )
}
