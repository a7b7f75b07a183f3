import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useSearchParams } from 'wouter'
import { ReadingOrganizationsDocument, ReadingsDocument, type ReadingsQuery } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { formatDay } from '../text/dates'
import { download } from '../text/download'
import { Button } from '../ui/Button'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'

const PAGE = 50
/** A page of a list is 200 lines at most; a workbook has them all. */
const MOST = 200
const CHANNELS: Readonly<Record<string, string>> = {
  screen: 'À l’écran',
  pdf: 'Impression PDF',
  zip: 'Archive',
  xml: 'Fichier XML',
  xlsx: 'Classeur',
  csv: 'Fichier CSV',
  attachment: 'Pièce jointe',
  copy: 'Copie scellée',
  api: 'Système (API)',
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Wanted {
  readonly since: string
  readonly until: string
  readonly organization: string
}

/** Who has read or taken away the organism's dossiers, the latest first; `?dossier=` keeps to one of them. */
export function ReadingsSection() {
  const [search, setSearch] = useSearchParams()
  const [wanted, setWanted] = useState<Wanted>({ since: '', until: '', organization: '' })
  const [first, setFirst] = useState(PAGE)
  const named = search.get('dossier') ?? ''
  const dossier = UUID.test(named) ? named : ''
  const within = Object.fromEntries(Object.entries({ ...wanted, dossier }).filter(([, value]) => value))
  const [{ data, error, fetching }] = useQuery({ query: ReadingsDocument, variables: { first, within } })
  const problem = problemOf(error)
  const readings = data?.readings
  const rows = readings?.edges.map((edge) => edge.node) ?? []
  return (
    <section className="consents-section" aria-labelledby="readings">
      <h2 id="readings">{dossier ? 'Qui a lu ce dossier' : 'Qui a lu vos dossiers'}</h2>
      <p className="muted">
        Chaque personne ou système extérieur à votre organisme, une fois par jour et par moyen.{' '}
        {dossier && (
          <Button look="quiet" onClick={() => setSearch({})}>
            Voir tous vos dossiers
          </Button>
        )}
      </p>
      <Filters wanted={wanted} onChange={setWanted} address={`/readings.xlsx?${new URLSearchParams(within)}`} />
      <ProblemAlert problem={problem} />
      {!readings && !problem && <Loading label="Lecture du journal…" />}
      {readings && rows.length === 0 && <p>Aucune lecture.</p>}
      {rows.length > 0 && <Readings rows={rows} />}
      {readings?.pageInfo.hasNextPage && first < MOST && (
        <p>
          <Button busy={fetching} onClick={() => setFirst(Math.min(first + PAGE, MOST))}>
            Afficher les précédentes
          </Button>
        </p>
      )}
      {readings?.pageInfo.hasNextPage && first >= MOST && (
        <p className="muted">Les lectures plus anciennes sont dans le classeur, ou dans une période plus courte.</p>
      )}
    </section>
  )
}

function Filters({
  wanted,
  onChange,
  address,
}: {
  wanted: Wanted
  onChange: (wanted: Wanted) => void
  address: string
}) {
  const [{ data }] = useQuery({ query: ReadingOrganizationsDocument })
  const [problem, setProblem] = useState<Problem>()
  return (
    <>
      <div className="row">
        <TextField
          label="Depuis le"
          type="date"
          value={wanted.since}
          onChange={({ target }) => onChange({ ...wanted, since: target.value })}
        />
        <TextField
          label="Jusqu’au"
          type="date"
          value={wanted.until}
          onChange={({ target }) => onChange({ ...wanted, until: target.value })}
        />
        <SelectField
          label="Organisation"
          value={wanted.organization}
          onChange={({ target }) => onChange({ ...wanted, organization: target.value })}
        >
          <option value="">Toutes</option>
          {data?.readingOrganizations.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
        <Button icon="download" onClick={() => void download(address).then(setProblem)}>
          Classeur
        </Button>
      </div>
      <ProblemAlert problem={problem} />
    </>
  )
}

function Readings({ rows }: { rows: readonly ReadingsQuery['readings']['edges'][number]['node'][] }) {
  return (
    <Scroller className="table-box" label="Lectures">
      <table>
        <thead>
          <tr>
            <th scope="col">Jour</th>
            <th scope="col">Personne</th>
            <th scope="col">Organisation</th>
            <th scope="col">Dossier</th>
            <th scope="col">Moyen</th>
            <th scope="col">Au titre de</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, name, organization, dossier, form, year, channel, ref }) => (
            <tr key={`${day} ${name} ${dossier} ${channel}`}>
              <td className="numeric">{formatDay(day)}</td>
              <th scope="row">{name}</th>
              <td>{organization.name}</td>
              <td>
                <Link href={`/dossiers/${dossier}`}>
                  {form} {year}
                </Link>
              </td>
              <td>{CHANNELS[channel] ?? channel}</td>
              <td>{ref}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
