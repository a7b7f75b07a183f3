import { useState } from 'react'
import { useClient } from 'urql'
import { useSearchParams } from 'wouter'
import { MarkNotificationsReadDocument, type NotificationEvent, NotificationsDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { useGrowingList } from '../graphql/useGrowingList'
import { usePageTitle } from '../shell/usePageTitle'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Segmented } from '../ui/Segmented'
import { NotificationList } from './NotificationList'
import { Preferences } from './Preferences'
import { tellRead } from './useUnread'
import './notifications.css'

const PAGE = 30
const EVENT = /^[a-z_]{3,40}$/

/** Every notification, and how one wishes to be told (manual §2.1.4). */
export function NotificationsPage() {
  usePageTitle('Notifications')
  const [search, setSearch] = useSearchParams()
  const [which, setWhich] = useState<'all' | 'unread'>('all')
  const named = search.get('event') ?? ''
  const event = EVENT.test(named) ? (named.toUpperCase() as NotificationEvent) : undefined
  const asked = { unread: which === 'unread', event }
  const { nodes, problem, busy, more, again } = useGrowingList(
    NotificationsDocument,
    asked,
    (data) => data.notifications,
    PAGE,
  )
  return (
    <div className="page notifications-page">
      <h1>Notifications</h1>
      <div className="row">
        <Segmented
          label="Notifications à montrer"
          options={{ all: 'Toutes', unread: 'Non lues' }}
          value={which}
          onChange={setWhich}
        />
        <MarkAll onDone={again} />
      </div>
      {event && (
        <p>
          {nodes?.[0] ? `«\u00a0${nodes[0].label}\u00a0» seulement. ` : 'Un seul évènement. '}
          <Button look="quiet" onClick={() => setSearch({})}>
            Montrer tous les évènements
          </Button>
        </p>
      )}
      <ProblemAlert problem={problem} />
      {!nodes && !problem && <Loading label="Lecture des notifications…" />}
      {nodes?.length === 0 && <p className="muted">Aucune notification.</p>}
      {nodes && nodes.length > 0 && <NotificationList rows={nodes} />}
      {more && (
        <p>
          <Button busy={busy} onClick={more}>
            Afficher les précédentes
          </Button>
        </p>
      )}
      <Preferences />
    </div>
  )
}

function MarkAll({ onDone }: { onDone: () => void }) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const mark = async () => {
    const data = await act(() => client.mutation(MarkNotificationsReadDocument, { ids: null }).toPromise())
    if (data) {
      tellRead(data.markNotificationsRead)
      onDone()
    }
  }
  return (
    <>
      <Button icon="check" busy={busy} onClick={() => void mark()}>
        Tout marquer comme lu
      </Button>
      <ProblemAlert problem={problem} />
    </>
  )
}
