import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { DossierPageHead } from '../dossier/DossierPageHead'
import { CopyDifferenceDocument, type CopyDifferenceQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { typeset } from '../text/typeset'
import { SelectField } from '../ui/Field'
import { Pager } from '../ui/Pager'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { usePager } from '../ui/usePager'
import '../ui/table.css'
import './copies.css'

const PAGE = 50

type Difference = CopyDifferenceQuery['copyDifference']

/** What was typed otherwise between the transmission and what the dossier became. */
export function DifferencePage({ id }: { id: string }) {
  usePageTitle('Ce qui a changé depuis la transmission')
  const [tab, setTab] = useState('')
  const pager = usePager()
  const [{ data, error }] = useQuery({
    query: CopyDifferenceDocument,
    variables: { id, tab: tab || null, first: PAGE, after: pager.after },
  })
  const problem = problemOf(error)
  const found = data?.copyDifference
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  return (
    <div className="page copies">
      <DossierPageHead id={id} dossier={data?.dossier} title="Ce qui a changé depuis la transmission">
        {found && <Compared found={found} />}
      </DossierPageHead>
      <ProblemAlert problem={problem} />
      {!found && !problem && <Loading label="Comparaison…" />}
      {found && found.tabs.length > 0 && (
        <>
          <div className="copies-filter">
            <SelectField
              label="Onglet"
              value={tab}
              onChange={(event) => {
                setTab(event.currentTarget.value)
                pager.restart()
              }}
            >
              <option value="">Tous les onglets</option>
              {found.tabs.map(({ code, title, cells }) => (
                <option key={code} value={code}>
                  {code} – {title} ({cells})
                </option>
              ))}
            </SelectField>
            <p>{plural(found.totalCount, 'cellule')}</p>
          </div>
          <Changed id={id} cells={found.cells} />
        </>
      )}
      {found?.tabs.length === 0 && <p className="empty-list">Aucune valeur saisie n’a changé depuis.</p>}
      <Pager pager={pager} info={found?.pageInfo} />
    </div>
  )
}

function Compared({ found: { since, until } }: { found: Difference }) {
  return (
    <p className="muted">
      Entre la transmission, le {formatMoment(since)}, et{' '}
      {until ? `les valeurs gardées le ${formatMoment(until)}` : 'les valeurs d’aujourd’hui'}. Les cellules calculées
      suivent celles-ci et ne sont pas listées.
    </p>
  )
}

function Changed({ id, cells }: { id: string; cells: Difference['cells'] }) {
  return (
    <Scroller className="table-box" label="Cellules qui diffèrent">
      <table>
        <TableHead headings={['Cellule', 'Transmis', 'Devenu', 'Par', 'Le', 'Motif']} />
        <tbody>
          {cells.map(({ cell, tab, tabTitle, label, before, after, author, at, reason }) => (
            <tr key={cell}>
              <th scope="row">
                <Link href={`/dossiers/${id}/${tab}#${encodeURIComponent(cell)}`}>{typeset(label)}</Link>
                <span className="copies-place">
                  {cell} · {typeset(tabTitle)}
                </span>
              </th>
              <td className="numeric">{before ?? <Blank />}</td>
              <td className="numeric">{after ?? <Blank />}</td>
              <td>{author ?? '–'}</td>
              <td className="numeric">{at ? formatMoment(at) : '–'}</td>
              <td>{reason || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function Blank() {
  return <span className="muted">vide</span>
}
