import { Link } from 'wouter'
import { Icon } from '../ui/Icon'
import { useUnsent } from './useAttachments'
import '../exchange/talks.css'

/** The way to the attachments of a dossier, with how many there are. */
export function AttachmentEntry({ dossier }: { dossier: string }) {
  const { count, attachments } = useUnsent(dossier)
  if (count === undefined) return null
  const unsent = attachments.length
  return (
    <Link href={`/dossiers/${dossier}/pieces`} className="button button-quiet exchange-entry">
      <Icon name="clip" />
      <span>Pièces jointes</span>
      {count > 0 && (
        <span className={unsent > 0 ? 'news' : 'muted'}>
          {count}
          <span className="visually-hidden">
            {unsent > 0 ? `, dont ${unsent} à envoyer` : count < 2 ? ' présente' : ' présentes'}
          </span>
        </span>
      )}
    </Link>
  )
}
