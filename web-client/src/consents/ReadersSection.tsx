import { useState } from 'react'
import { useQuery } from 'urql'
import { ReadersTodayDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'

interface Props {
  readonly form: string
  readonly year: number
}

/** Who may read the dossier of a campaign today, and by which article; asked for when it is opened. */
export function ReadersSection({ form, year }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="consents-readers" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Qui peut lire ce dossier aujourd’hui
        <span className="visually-hidden">
          {' '}
          ({form} {year})
        </span>
      </summary>
      {isOpen && <Readers form={form} year={year} />}
    </details>
  )
}

function Readers({ form, year }: Props) {
  const [{ data, error }] = useQuery({ query: ReadersTodayDocument, variables: { form, year } })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data) return <Loading label="Lecture des règles…" />
  if (data.readersToday.length === 0) return <p>Personne hors de votre organisme.</p>
  return (
    <Scroller className="table-box" label={`Lecteurs possibles de ${form} ${year}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Personne</th>
            <th scope="col">Organisation</th>
            <th scope="col">Depuis</th>
            <th scope="col">Au titre de</th>
          </tr>
        </thead>
        <tbody>
          {data.readersToday.map(({ subject, name, organization, since, ref }) => (
            <tr key={subject}>
              <th scope="row">{name}</th>
              <td>{organization.name}</td>
              <td>{since || '–'}</td>
              <td>{ref}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
