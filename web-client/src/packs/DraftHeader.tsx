import { formatMoment } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import type { OpenDraftDialog } from './DraftDialogs'
import type { Draft, Review } from './DraftPage'
import { revisionName } from './words'

const SEAL_SHOWN = 12

interface Props {
  readonly draft: Draft
  readonly review: Review | undefined
  readonly onOpen: (dialog: OpenDraftDialog) => void
}

/** Which revision it is, where it comes from, and what may be done with it. */
export function DraftHeader({ draft, review, onOpen }: Props) {
  const { key, state, base, note, author, createdAt, publishedAt, publishedBy, sha256 } = draft
  const isDraft = state === 'DRAFT'
  const isReady = review?.obstacles.length === 0
  return (
    <header className="packs-header">
      <div>
        <h1>
          {revisionName(key)}{' '}
          {isDraft ? (
            <Badge tone="info">brouillon</Badge>
          ) : (
            <Badge tone="good" icon="check">
              publiée
            </Badge>
          )}
        </h1>
        <p className="packs-facts">
          <span>{base ? `Partie de ${base}` : 'Première révision de l’année'}</span>
          <span>
            Déposée le {formatMoment(createdAt)} {author ? `par ${author}` : 'en ligne de commande'}
          </span>
          {publishedAt && (
            <span>
              Publiée le {formatMoment(publishedAt)} {publishedBy ? `par ${publishedBy}` : 'en ligne de commande'}
            </span>
          )}
          <span>
            Empreinte <code title={sha256}>{sha256.slice(0, SEAL_SHOWN)}…</code>
          </span>
        </p>
        {note && <p>{note}</p>}
      </div>
      {isDraft && (
        <div className="row">
          <Button look="quiet" onClick={() => onOpen('discard')}>
            Supprimer
          </Button>
          <Button icon="upload" onClick={() => onOpen('replace')}>
            Remplacer les fichiers
          </Button>
          <Button look="primary" icon="send" disabled={!isReady} onClick={() => onOpen('publish')}>
            Publier
          </Button>
        </div>
      )}
    </header>
  )
}
