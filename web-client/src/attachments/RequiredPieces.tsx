import { Badge } from '../ui/Badge'
import { type AttachedDossier, type Attachment, toSend } from './useAttachments'

interface Props {
  readonly pieces: AttachedDossier['pieces']
  readonly attachments: readonly Attachment[]
}

/** What this kind of organism is to give, and what of it is missing (manual §10.2, « PJ à fournir »). */
export function RequiredPieces({ pieces, attachments }: Props) {
  const required = pieces.filter((one) => one.required)
  if (required.length === 0) return null
  const added = new Set(toSend(attachments).map(({ piece }) => piece))
  const missing = required.filter(({ provided }) => provided === 0).length
  return (
    <details className="exchange-box attachments-box" open={missing > 0}>
      <summary>
        <h2>PJ à fournir</h2>{' '}
        <span className="muted">
          {required.length - missing} sur {required.length}
        </span>
      </summary>
      <ul className="attachments-list">
        {required.map(({ label, provided }) => (
          <li key={label}>
            <span>{label}</span>
            {provided > 0 ? (
              <Badge tone="good" icon="check">
                Envoyée
              </Badge>
            ) : added.has(label) ? (
              <Badge tone="warn">À envoyer</Badge>
            ) : (
              <Badge tone="bad">Manquante</Badge>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
