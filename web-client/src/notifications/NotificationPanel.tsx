import { useQuery } from 'urql'
import { Link } from 'wouter'
import { NotificationsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { NotificationList } from './NotificationList'

const LATEST = 6

/** The latest notifications, under the bell. */
export function NotificationPanel({ close }: { close: () => void }) {
  const [{ data, error }] = useQuery({
    query: NotificationsDocument,
    variables: { first: LATEST, unread: false },
    requestPolicy: 'network-only',
  })
  const rows = data?.notifications.edges.map((edge) => edge.node)
  return (
    <section id="notifications" className="bell-panel" aria-label="Dernières notifications">
      <ProblemAlert problem={problemOf(error)} />
      {!rows && !error && <Loading label="Lecture des notifications…" />}
      {rows?.length === 0 && <p className="muted">Rien pour l’instant.</p>}
      {rows && rows.length > 0 && <NotificationList rows={rows} onFollow={close} />}
      <Link href="/notifications" onClick={close}>
        Toutes les notifications et mes préférences
      </Link>
    </section>
  )
}
