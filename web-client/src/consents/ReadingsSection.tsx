import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { ReadingsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatDay } from '../text/dates'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'

const PAGE = 50

/** Who has read or taken away the organism's dossiers, the latest first. */
export function ReadingsSection() {
  const [first, setFirst] = useState(PAGE)
  const [{ data, error }] = useQuery({ query: ReadingsDocument, variables: { first } })
  const problem = problemOf(error)
  const readings = data?.readings
  const rows = readings?.edges.map((edge) => edge.node) ?? []
  return (
    <section className="consents-section" aria-labelledby="readings">
      <h2 id="readings">Qui a lu vos dossiers</h2>
      <p className="muted">Chaque personne extérieure à votre organisme, une fois par jour et par moyen.</p>
      <ProblemAlert problem={problem} />
      {!readings && !problem && <Loading label="Lecture du journal…" />}
      {readings && rows.length === 0 && <p>Personne ne les a encore lus.</p>}
      {rows.length > 0 && (
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
                  <td>{channel}</td>
                  <td>{ref}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {readings?.pageInfo.hasNextPage && (
        <p>
          <Button onClick={() => setFirst(first + PAGE)}>Afficher les précédentes</Button>
        </p>
      )}
    </section>
  )
}
