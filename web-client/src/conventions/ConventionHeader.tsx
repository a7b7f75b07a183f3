import { useLocation } from 'wouter'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { OpenConventionDialog } from './ConventionDialogs'
import { type Convention, STATES, period } from './model'

interface Props {
  readonly convention: Convention
  readonly onOpen: (dialog: OpenConventionDialog) => void
}

/** Whose convention it is, until when, and what may be done with it. */
export function ConventionHeader({ convention, onOpen }: Props) {
  const { id, title, state, partner, platform, editable, refusal } = convention
  return (
    <header className="conventions-header">
      <div className="conventions-bar">
        <h1>{title}</h1>
        <a className="button button-secondary" href={`/conventions/${id}/annex.pdf`} download>
          <Icon name="printer" />
          <span>Annexe (PDF)</span>
        </a>
      </div>
      <p className="conventions-facts">
        <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
        <span>{platform.name}</span>
        <span>{partner.name}</span>
        <span>{period(convention)}</span>
      </p>
      {editable ? <Actions convention={convention} onOpen={onOpen} /> : refusal && <p className="muted">{refusal}</p>}
    </header>
  )
}

function Actions({ convention: { id, state, suspendedSince, signed }, onOpen }: Props) {
  const [, navigate] = useLocation()
  const isLive = state === 'IN_FORCE' || state === 'PLANNED' || state === 'SUSPENDED'
  return (
    <div className="conventions-actions">
      {state === 'DRAFT' && (
        <Button look="primary" icon="send" onClick={() => onOpen('publish')}>
          Mettre en vigueur…
        </Button>
      )}
      {state !== 'ENDED' && <Button onClick={() => navigate(`/conventions/${id}/modifier`)}>Modifier</Button>}
      {isLive && !suspendedSince && <Button onClick={() => onOpen('suspend')}>Suspendre…</Button>}
      {isLive && suspendedSince && <Button onClick={() => onOpen('resume')}>Lever la suspension…</Button>}
      {state !== 'DRAFT' && <Button onClick={() => onOpen('renew')}>Renouveler…</Button>}
      {isLive && (
        <Button look="danger" onClick={() => onOpen('end')}>
          Mettre fin…
        </Button>
      )}
      <Button icon="upload" onClick={() => onOpen('attach')}>
        {signed ? 'Remplacer le texte signé' : 'Joindre le texte signé'}
      </Button>
      {state === 'DRAFT' && (
        <Button look="danger" icon="trash" onClick={() => onOpen('delete')}>
          Supprimer
        </Button>
      )}
    </div>
  )
}
