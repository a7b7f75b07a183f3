import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type MassExportFieldsFragment, MassExportsDocument } from '../gen/graphql'
import { useFollowed } from '../graphql/useFollowed'
import { formatMoment } from '../text/dates'
import { formatSize, plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { FileLink } from '../ui/FileLink'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { Failed } from './Failed'
import { FollowedMassExport } from './FollowedMassExport'
import { KINDS, isExpired, isUnderWay } from './mass'

type Job = MassExportFieldsFragment

const PAGE = 20

/** The viewer's exports of many dossiers, the latest first, followed while one is under way. */
export function MassExports() {
  const [first, setFirst] = useState(PAGE)
  const [turn, setTurn] = useState(0)
  // The address says which is open: the mail that tells of its end leads there.
  const [params, setParams] = useSearchParams()
  const open = params.get('masse')
  const show = (id: string | undefined) => setParams(id ? { masse: id } : {}, { replace: true })
  const close = () => {
    show(undefined)
    setTurn(turn + 1)
  }
  return (
    <section className="stack" aria-labelledby="exports-mass">
      <h2 id="exports-mass">De plusieurs dossiers</h2>
      <List key={turn} first={first} onMore={() => setFirst(first + PAGE)} onOpen={({ id }) => show(id)} />
      {open && (
        <Dialog title="Export de plusieurs dossiers" onClose={close} footer={<Button onClick={close}>Fermer</Button>}>
          <FollowedMassExport id={open} />
        </Dialog>
      )}
    </section>
  )
}

interface ListProps {
  readonly first: number
  readonly onMore: () => void
  readonly onOpen: (job: Job) => void
}

function List({ first, onMore, onOpen }: ListProps) {
  const { data, problem } = useFollowed(MassExportsDocument, { first, after: null }, ({ massExports }) =>
    massExports.edges.some(({ node }) => isUnderWay(node)),
  )
  const jobs = data?.massExports.edges.map(({ node }) => node)
  if (!jobs) return problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de la liste…" />
  if (jobs.length === 0) {
    return (
      <p className="empty-list">
        Aucun export de plusieurs dossiers pour l’instant. Choisissez des dossiers dans la{' '}
        <Link href="/liste-de-travail">liste de travail</Link>, puis «&nbsp;Exporter les dossiers&nbsp;».
      </p>
    )
  }
  return (
    <>
      <ProblemAlert problem={problem} />
      <Scroller className="table-box" label="Exports de plusieurs dossiers">
        <table>
          <TableHead
            headings={['Contenu', 'Demandé le', 'État', 'Taille', 'Disponible jusqu’au', 'Fichier']}
            hasActions
          />
          <tbody>
            {jobs.map((job) => (
              <Row key={job.id} job={job} onOpen={() => onOpen(job)} />
            ))}
          </tbody>
        </table>
      </Scroller>
      {data?.massExports.pageInfo.hasNextPage && <Button onClick={onMore}>Afficher plus</Button>}
    </>
  )
}

function Row({ job, onOpen }: { job: Job; onOpen: () => void }) {
  const { kind, total, requestedAt, size, expiresAt, downloadUrl, fileName } = job
  return (
    <tr>
      <th scope="row">
        {KINDS[kind].file} <span className="muted numeric">{plural(total, 'dossier')}</span>
      </th>
      <td className="numeric">{formatMoment(requestedAt)}</td>
      <td>
        <State job={job} />
      </td>
      <td className="numeric">{size ? formatSize(size) : '–'}</td>
      <td className="numeric">{formatMoment(expiresAt)}</td>
      <td>
        {downloadUrl && !isExpired(job) ? (
          <FileLink className="download-link" href={downloadUrl} size={size ?? 0}>
            <Icon name="download" size={16} /> {fileName}
          </FileLink>
        ) : (
          '–'
        )}
      </td>
      <td>
        <Button look="quiet" onClick={onOpen}>
          Détail <span className="visually-hidden">de l’export du {formatMoment(requestedAt)}</span>
        </Button>
      </td>
    </tr>
  )
}

function State({ job }: { job: Job }) {
  const { state, done, failed, total, error } = job
  if (isUnderWay(job)) {
    const over = done + failed
    return (
      <span className="exports-progress">
        <progress aria-label={`Production, ${over} sur ${total}`} value={over} max={total} />
        <span className="numeric muted">
          {over} / {total}
        </span>
      </span>
    )
  }
  if (state === 'FAILED') return <Failed error={error} />
  if (isExpired(job)) return <Badge icon="clock">Expiré</Badge>
  if (state === 'CANCELLED') return <Badge icon="close">Interrompu</Badge>
  return (
    <>
      <Badge tone="good" icon="check">
        Prêt
      </Badge>
      {failed > 0 && <p className="exports-error">{plural(failed, 'dossier en échec', 'dossiers en échec')}</p>}
    </>
  )
}
