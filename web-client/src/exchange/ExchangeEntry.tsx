import { Link } from 'wouter'
import { Icon } from '../ui/Icon'
import type { ExchangeData } from './talks'
import './talks.css'

/** The way to the exchange space of a dossier, with what is new there. */
export function ExchangeEntry({ dossier, data }: { dossier: string; data: ExchangeData | undefined }) {
  if (!data) return null
  return (
    <Link
      href={`/dossiers/${dossier}/echanges`}
      className="button button-quiet exchange-entry"
      title="Espace d’échange du dossier"
    >
      <Icon name="message" />
      <span>Échanges</span>
      {data.unread > 0 && (
        <span className="news">
          {data.unread}
          <span className="visually-hidden">{data.unread < 2 ? ' message non lu' : ' messages non lus'}</span>
        </span>
      )}
    </Link>
  )
}
