import { useClient } from 'urql'
import { Link } from 'wouter'
import { MarkNotificationsReadDocument, type NotificationFieldsFragment } from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { tellRead } from './useUnread'

/** Notifications, each a way to what it tells; whoever follows it has read it. */
export function NotificationList({
  rows,
  onFollow,
}: {
  rows: readonly NotificationFieldsFragment[]
  onFollow?: (() => void) | undefined
}) {
  const client = useClient()
  const read = async (id: string) => {
    onFollow?.()
    const { data } = await client.mutation(MarkNotificationsReadDocument, { ids: [id] })
    if (data) tellRead(data.markNotificationsRead)
  }
  return (
    <ul className="notifications">
      {rows.map(({ id, label, subject, organism, path, text, at, readAt }) => (
        <li key={id} className={readAt ? undefined : 'is-unread'}>
          <Link href={path} onClick={() => void read(id)}>
            {label}
            {!readAt && <span className="visually-hidden"> – non lue</span>}
          </Link>
          <p>{organism ? `${subject} – ${organism}` : subject}</p>
          {text && (
            <details>
              <summary>Lire le message</summary>
              <p className="notification-text">{text}</p>
            </details>
          )}
          <p className="muted">{formatMoment(at)}</p>
        </li>
      ))}
    </ul>
  )
}
