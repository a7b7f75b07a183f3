import { useState } from 'react'
import { Link } from 'wouter'
import { ExportsDocument, type ExportsQuery } from '../gen/graphql'
import { useFollowed } from '../graphql/useFollowed'
import { formatMoment } from '../text/dates'
import { formatSize } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { Failed } from './Failed'
import { isUnderWay } from './useExport'

type Listed = ExportsQuery['exports']['edges'][number]['node']

const PAGE = 20

/** The viewer's prints and exports of one dossier each. */
export function SingleExports() {
  const { jobs, hasMore, problem, more } = useExports()
  return (
    <section className="stack" aria-labelledby="exports-single">
      <h2 id="exports-single">D’un dossier</h2>
      <ProblemAlert problem={problem} />
      {!jobs && !problem && <Loading label="Lecture de la liste…" />}
      {jobs?.length === 0 && (
        <p className="empty-list">
          Aucun export pour l’instant. Ouvrez un dossier, puis choisissez «&nbsp;Imprimer&nbsp;» ou
          «&nbsp;Exporter&nbsp;».
        </p>
      )}
      {jobs && jobs.length > 0 && (
        <Scroller className="table-box" label="Exports demandés">
          <table>
            <TableHead
              headings={['Dossier', 'Nature', 'Demandé le', 'État', 'Taille', 'Disponible jusqu’au', 'Fichier']}
            />
            <tbody>
              {jobs.map((job) => (
                <ExportRow key={job.id} job={job} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {hasMore && <Button onClick={more}>Afficher plus</Button>}
    </section>
  )
}

function ExportRow({ job }: { job: Listed }) {
  const { dossier, kind, requestedAt, size, expiresAt, fileName, downloadUrl, state } = job
  return (
    <tr>
      <th scope="row">
        {dossier ? (
          <Link href={`/dossiers/${dossier.id}`}>
            {dossier.form} {dossier.year} – {dossier.organism.name}
          </Link>
        ) : (
          <span className="muted">dossier qui ne vous est plus ouvert</span>
        )}
      </th>
      <td>{kind === 'PDF' ? 'Impression PDF' : 'Archive ZIP'}</td>
      <td className="numeric">{formatMoment(requestedAt)}</td>
      <td>
        <JobState job={job} />
      </td>
      <td className="numeric">{size ? formatSize(size) : '–'}</td>
      <td className="numeric">{formatMoment(expiresAt)}</td>
      <td>
        {state === 'READY' && downloadUrl ? (
          <a className="download-link" href={downloadUrl} download={fileName}>
            <Icon name="download" size={16} /> {fileName}
          </a>
        ) : (
          '–'
        )}
      </td>
    </tr>
  )
}

function JobState({ job: { state, done, total, error, expiresAt } }: { job: Listed }) {
  if (state === 'FAILED') return <Failed error={error} />
  if (new Date(expiresAt) < new Date()) return <Badge icon="clock">Expiré</Badge>
  if (state === 'READY')
    return (
      <Badge tone="good" icon="check">
        Prêt
      </Badge>
    )
  if (state === 'WAITING')
    return (
      <Badge tone="info" icon="clock">
        En attente
      </Badge>
    )
  return (
    <span className="exports-progress">
      <progress aria-label={`Production, ${done} sur ${total}`} {...(total > 0 ? { value: done, max: total } : {})} />
      <span className="numeric muted">{total > 0 ? `${done} / ${total}` : 'en cours'}</span>
    </span>
  )
}

/** The viewer's jobs, the latest first, followed while one is under way. */
function useExports() {
  const [first, setFirst] = useState(PAGE)
  const { data, problem } = useFollowed(ExportsDocument, { first, after: null }, ({ exports: { edges } }) =>
    edges.some(({ node }) => isUnderWay(node)),
  )
  return {
    jobs: data?.exports.edges.map(({ node }) => node),
    hasMore: data?.exports.pageInfo.hasNextPage ?? false,
    problem,
    more: () => setFirst(first + PAGE),
  }
}
