import { useQuery } from 'urql'
import { Link } from 'wouter'
import { AttachmentCountDocument } from '../gen/graphql'
import { Icon } from '../ui/Icon'

const NAMING = { additionalTypenames: ['Attachment'] }

/** The way to the attachments of a dossier, with how many there are. */
export function AttachmentEntry({ dossier }: { dossier: string }) {
  const [{ data }] = useQuery({ query: AttachmentCountDocument, variables: { id: dossier }, context: NAMING })
  const attachments = data?.dossier.attachments
  if (!attachments) return null
  const unsent = attachments.filter(({ sentAt }) => !sentAt).length
  return (
    <Link href={`/dossiers/${dossier}/pieces`} className="button button-quiet exchange-entry">
      <Icon name="clip" />
      <span>Pièces jointes</span>
      {attachments.length > 0 && (
        <span className={unsent > 0 ? 'news' : 'muted'}>
          {attachments.length}
          <span className="visually-hidden">
            {unsent > 0 ? `, dont ${unsent} à envoyer` : attachments.length < 2 ? ' présente' : ' présentes'}
          </span>
        </span>
      )}
    </Link>
  )
}
