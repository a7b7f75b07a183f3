import { useState } from 'react'
import { useQuery } from 'urql'
import { useSearchParams } from 'wouter'
import {
  type ConsentAnswer,
  ConsentListDocument,
  type ConsentListQuery,
  ConventionsDocument,
  type ConventionsQuery,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { formatDay } from '../text/dates'
import { download } from '../text/download'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { ANSWERS } from './ConsentCard'

const PAGE = 100

type Row = ConsentListQuery['consentList']['edges'][number]['node']

/** The organisms that gave the partner their access for a year, or did not (manual §6.3). */
export function ConsentList() {
  const [{ data, error }] = useQuery({ query: ConventionsDocument, variables: { first: 100 } })
  const places = placesOf(data?.conventions.edges.map((edge) => edge.node) ?? [])
  const [params] = useSearchParams()
  const [place, setPlace] = useState('')
  const [year, setYear] = useState(params.get('year') || String(new Date().getFullYear() - 2))
  const [answer, setAnswer] = useState<ConsentAnswer | ''>('')
  const [failure, setFailure] = useState<Problem>()
  const chosen = place || namedIn(places, params) || ''
  const isYear = /^\d{4}$/.test(year)
  const [platform = '', form = ''] = chosen.split(' ')
  const sheet = `/consents.xlsx?platform=${platform}&form=${form}&year=${year}`
  return (
    <>
      <header className="consents-bar">
        <h1>Accès donnés par les organismes</h1>
        <Button
          icon="download"
          disabled={!chosen || !isYear}
          onClick={() => void download(sheet).then((problem) => setFailure(problem))}
        >
          Classeur Excel
        </Button>
      </header>
      <div className="consents-filters">
        <SelectField label="Formulaire" value={chosen} onChange={({ target }) => setPlace(target.value)}>
          {places.map((one) => (
            <option key={one} value={one}>
              {one.split(' ')[1]} ({one.split(' ')[0]})
            </option>
          ))}
        </SelectField>
        <TextField
          label="Année"
          type="number"
          min={2000}
          max={2199}
          value={year}
          onChange={({ target }) => setYear(target.value)}
        />
        <SelectField
          label="Réponse"
          value={answer}
          onChange={({ target }) => setAnswer(target.value as ConsentAnswer | '')}
        >
          <option value="">toutes</option>
          {Object.entries(ANSWERS).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <ProblemAlert problem={failure ?? problemOf(error)} />
      {!data && !error && <Loading label="Lecture des conventions…" />}
      {data && !chosen && <p>Aucune convention en vigueur ne demande l’accord des organismes.</p>}
      {chosen && isYear && (
        <Found
          key={`${chosen} ${year} ${answer}`}
          {...{ platform, form, year: Number(year), answer: answer || null }}
        />
      )}
    </>
  )
}

interface Asked {
  readonly platform: string
  readonly form: string
  readonly year: number
  readonly answer: ConsentAnswer | null
}

function Found(asked: Asked) {
  const [first, setFirst] = useState(PAGE)
  const [{ data, error }] = useQuery({ query: ConsentListDocument, variables: { ...asked, first } })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data) return <Loading label="Lecture des réponses…" />
  const { totalCount, edges, pageInfo } = data.consentList
  return (
    <>
      <p aria-live="polite">{plural(totalCount, 'organisme')}.</p>
      {edges.length > 0 && <OrganismTable rows={edges.map((edge) => edge.node)} />}
      {pageInfo.hasNextPage && (
        <p>
          <Button onClick={() => setFirst(first + PAGE)}>Afficher les suivants</Button>
        </p>
      )}
    </>
  )
}

function OrganismTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Scroller className="table-box" label="Organismes et leur réponse">
      <table>
        <thead>
          <tr>
            <th scope="col">Organisme</th>
            <th scope="col">Réponse</th>
            <th scope="col">Code</th>
            <th scope="col">SIREN</th>
            <th scope="col">Type</th>
            <th scope="col">Département</th>
            <th scope="col">Date</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ organism, siren, code, category, department, answer, at }) => (
            <tr key={organism.key}>
              <th scope="row">{organism.name}</th>
              <td>
                <Badge tone={ANSWERS[answer].tone} icon={ANSWERS[answer].icon}>
                  {ANSWERS[answer].label}
                </Badge>
              </td>
              <td className="numeric">{code}</td>
              <td className="numeric">{siren}</td>
              <td>{category}</td>
              <td className="numeric">{department}</td>
              <td className="numeric">{formatDay(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

type Agreement = ConventionsQuery['conventions']['edges'][number]['node']

/** `MIN ER` for each platform and form on which a convention in force asks for the organisms' own word. */
function placesOf(conventions: readonly Agreement[]): string[] {
  const places = conventions
    .filter(({ state }) => state === 'IN_FORCE')
    .flatMap(({ platform, articles }) =>
      articles.filter(({ consent }) => consent).flatMap(({ forms }) => forms.map((form) => `${platform.code} ${form}`)),
    )
  return [...new Set(places)].toSorted()
}

/** The place that the address names, from a mail or from the search; else the first. */
function namedIn(places: readonly string[], params: URLSearchParams): string | undefined {
  const [form, platform] = [params.get('form'), params.get('platform')]
  const named = places.find((place) => place === `${platform} ${form}` || (!platform && place.endsWith(` ${form}`)))
  return named ?? places[0]
}
