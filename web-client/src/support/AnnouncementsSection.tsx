import { type RefCallback, useRef, useState } from 'react'
import { useQuery } from 'urql'
import {
  type AnnouncementFieldsFragment,
  type AssistanceQuery,
  PlatformAnnouncementsDocument,
  RemoveAnnouncementDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { formatDay, today } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import '../ui/table.css'
import { useFocusAfter } from '../ui/useFocusAfter'
import { NewAnnouncementDialog } from './NewAnnouncementDialog'

type Platform = AssistanceQuery['hotlines'][number]

/** What a platform tells its users, for whoever conducts its campaigns (manual §5.4). */
export function AnnouncementsSection({ platform }: { platform: Platform }) {
  const variables = { platform: platform.code }
  const [{ data, error }, refresh] = useQuery({ query: PlatformAnnouncementsDocument, variables })
  const [isWriting, setWriting] = useState(false)
  const reread = () => refresh({ requestPolicy: 'network-only' })
  const heading = useRef<HTMLHeadingElement>(null)
  const leaving = useFocusAfter(heading)
  const rows = data?.platformAnnouncements
  return (
    <section className="support-card" aria-labelledby={`messages-${platform.code}`}>
      <header className="support-bar">
        <h2 id={`messages-${platform.code}`} ref={heading} tabIndex={-1}>
          Messages aux utilisateurs – {platform.name}
        </h2>
        <Button icon="plus" onClick={() => setWriting(true)}>
          Nouveau message
        </Button>
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {!rows && !error && <Loading label="Lecture des messages…" />}
      {rows?.length === 0 && <p className="muted">Aucun message pour l’instant.</p>}
      {rows && rows.length > 0 && (
        <Scroller className="table-box" label={`Messages\u00a0: ${platform.name}`}>
          <table>
            <TableHead headings={['Titre', 'Où', 'Du', 'Au', 'État']} hasActions />
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} {...{ row, leaving }} onRemoved={reread} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {isWriting && (
        <NewAnnouncementDialog
          platform={platform}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false)
            reread()
          }}
        />
      )}
    </section>
  )
}

interface RowProps {
  readonly row: AnnouncementFieldsFragment
  readonly leaving: RefCallback<HTMLElement>
  readonly onRemoved: () => void
}

function Row({ row, leaving, onRemoved }: RowProps) {
  const { send, busy, problem } = useOnce()
  const state = stateOf(row)
  const remove = async () => {
    if (await send(RemoveAnnouncementDocument, { announcement: row.id })) onRemoved()
  }
  return (
    <tr>
      <th scope="row">{row.title}</th>
      <td>{row.form ? `Dossiers ${row.form}` : 'Bandeau'}</td>
      <td>{formatDay(row.since)}</td>
      <td>{row.until ? formatDay(row.until) : 'sans fin'}</td>
      <td>
        <Badge tone={state === 'affiché' ? 'good' : undefined} icon={state === 'affiché' ? 'check' : undefined}>
          {state}
        </Badge>
      </td>
      <td>
        <ProblemAlert problem={problem} />
        {(state === 'affiché' || state === 'à venir') && (
          <Button ref={leaving} look="quiet" icon="trash" busy={busy} onClick={() => void remove()}>
            Retirer<span className="visually-hidden"> «&nbsp;{row.title}&nbsp;»</span>
          </Button>
        )}
      </td>
    </tr>
  )
}

function stateOf({ removedAt, since, until }: AnnouncementFieldsFragment): string {
  if (removedAt) return 'retiré'
  if (since > today()) return 'à venir'
  return until && until < today() ? 'passé' : 'affiché'
}
