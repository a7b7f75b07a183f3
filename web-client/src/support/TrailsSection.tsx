import { useState } from 'react'
import { useQuery } from 'urql'
import { type AssistanceQuery, TrailScreensDocument, TrailsDocument, type TrailsQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Pager } from '../ui/Pager'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { usePager } from '../ui/usePager'
import '../ui/table.css'

type Platform = AssistanceQuery['hotlines'][number]
type Trail = TrailsQuery['trails']['edges'][number]['node']

/** The screens that users show to this platform's hotline, one trail a session. */
export function TrailsSection({ platform }: { platform: Platform }) {
  const pager = usePager()
  const [open, setOpen] = useState<Trail>()
  const variables = { platform: platform.code, after: pager.after }
  const [{ data, error }, refresh] = useQuery({ query: TrailsDocument, variables, requestPolicy: 'cache-and-network' })
  const trails = data?.trails.edges
  return (
    <section className="support-card" aria-labelledby={`parcours-${platform.code}`}>
      <header className="support-bar">
        <h2 id={`parcours-${platform.code}`}>Parcours montrés à l’assistance – {platform.name}</h2>
        <Button icon="refresh" onClick={() => refresh({ requestPolicy: 'network-only' })}>
          Rafraîchir
        </Button>
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {!trails && !error && <Loading label="Lecture des parcours…" />}
      {trails?.length === 0 && <p className="muted">Personne ne montre ses écrans pour l’instant.</p>}
      {trails && trails.length > 0 && (
        <Scroller className="table-box" label={`Parcours\u00a0: ${platform.name}`}>
          <table>
            <TableHead headings={['Utilisateur', 'Organisation', 'Depuis', 'État', 'Écrans']} />
            <tbody>
              {trails.map(({ node }) => (
                <tr key={node.id}>
                  <th scope="row">{node.name}</th>
                  <td>{node.organization}</td>
                  <td>{formatMoment(node.startedAt)}</td>
                  <td>
                    {node.endedAt ? (
                      `fini le ${formatMoment(node.endedAt)}`
                    ) : (
                      <Badge tone="good" icon="eye">
                        en cours
                      </Badge>
                    )}
                  </td>
                  <td>
                    <Button look="quiet" onClick={() => setOpen(node)}>
                      {plural(node.screenCount, 'écran', 'écrans')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      <Pager pager={pager} info={data?.trails.pageInfo} />
      {open && <ScreensDialog trail={open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

function ScreensDialog({ trail, onClose }: { trail: Trail; onClose: () => void }) {
  const variables = { id: trail.id }
  const [{ data, error }] = useQuery({ query: TrailScreensDocument, variables, requestPolicy: 'network-only' })
  return (
    <Dialog
      title={`Écrans de ${trail.name}`}
      size="m"
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-autofocus>
          Fermer
        </Button>
      }
    >
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Lecture des écrans…" />}
      <ol className="support-screens">
        {data?.trail.screens.map(({ at, path, title }) => (
          <li key={`${at} ${path}`}>
            {formatMoment(at)} – {title} <code>{path}</code>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
