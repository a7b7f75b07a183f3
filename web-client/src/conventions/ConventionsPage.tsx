import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useLocation } from 'wouter'
import { type ConventionState, ConventionsDocument, type ConventionsQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { STATES, period } from './model'
import '../ui/table.css'
import './conventions.css'

const PAGE = 50

type Row = ConventionsQuery['conventions']['edges'][number]['node']

/** The agreements between the platform and its partners that the viewer may know of. */
export function ConventionsPage() {
  usePageTitle('Conventions')
  const { viewer } = useSession()
  const [, navigate] = useLocation()
  const [state, setState] = useState<ConventionState | ''>('')
  const [first, setFirst] = useState(PAGE)
  const [{ data, error }] = useQuery({ query: ConventionsDocument, variables: { state: state || null, first } })
  const problem = problemOf(error)
  const found = data?.conventions
  return (
    <div className="page conventions">
      <header className="conventions-bar">
        <h1>Conventions</h1>
        {viewer?.editsPolicy && (
          <Button look="primary" icon="plus" onClick={() => navigate('/conventions/nouvelle')}>
            Nouvelle convention
          </Button>
        )}
      </header>
      <p className="muted">
        Une convention dit ce qu’un partenaire peut lire et faire&nbsp;: sur quels formulaires, pour quels organismes, à
        quelles étapes, jusqu’à quelle date.
      </p>
      <div className="conventions-filter">
        <SelectField
          label="État"
          value={state}
          onChange={({ target }) => setState(target.value as ConventionState | '')}
        >
          <option value="">tous</option>
          {Object.entries(STATES).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <ProblemAlert problem={problem} />
      {!found && !problem && <Loading label="Lecture des conventions…" />}
      {found && <p aria-live="polite">{plural(found.totalCount, 'convention')}.</p>}
      {found && found.edges.length > 0 && <ConventionTable rows={found.edges.map((edge) => edge.node)} />}
      {found?.pageInfo.hasNextPage && (
        <p>
          <Button onClick={() => setFirst(first + PAGE)}>Afficher les suivantes</Button>
        </p>
      )}
    </div>
  )
}

function ConventionTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Scroller className="table-box" label="Conventions">
      <table>
        <thead>
          <tr>
            <th scope="col">Convention</th>
            <th scope="col">État</th>
            <th scope="col">Partenaire</th>
            <th scope="col">Plateforme</th>
            <th scope="col">Formulaires</th>
            <th scope="col">Durée</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Link href={`/conventions/${row.id}`}>{row.title}</Link>
              </th>
              <td>
                <Badge tone={STATES[row.state].tone}>{STATES[row.state].label}</Badge>
              </td>
              <td>{row.partner.name}</td>
              <td>{row.platform.code}</td>
              <td>{[...new Set(row.articles.flatMap(({ forms }) => forms))].join(', ')}</td>
              <td className="numeric">{period(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
