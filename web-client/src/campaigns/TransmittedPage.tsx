import { useQuery } from 'urql'
import { useSearchParams } from 'wouter'
import { TransmittedPlacesDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { placeOf } from './campaign'
import { TransmittedSection } from './TransmittedSection'
import '../ui/table.css'
import './campaigns.css'

/** Who had transmitted by a day, for whoever exports dossiers without conducting a campaign (manual §11.3). */
export function TransmittedPage() {
  usePageTitle('Dossiers transmis à une date')
  const [{ data, error }] = useQuery({ query: TransmittedPlacesDocument })
  const [params, setParams] = useSearchParams()
  const places = data?.transmittedPlaces.map(placeOf)
  const chosen = places?.find((place) => nameOf(place) === params.get('campagne')) ?? places?.[0]
  return (
    <div className="page campaigns">
      <header className="campaigns-bar">
        <h1>Dossiers transmis à une date</h1>
        {chosen && places && (
          <SelectField
            label="Formulaire et année"
            value={nameOf(chosen)}
            onChange={({ target }) => setParams({ campagne: target.value })}
          >
            {places.map((place) => (
              <option key={nameOf(place)}>{nameOf(place)}</option>
            ))}
          </SelectField>
        )}
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Lecture des campagnes…" />}
      {data && !chosen && <p>Aucune liste ne vous est ouverte&nbsp;: il faut pouvoir exporter des dossiers.</p>}
      {chosen && <TransmittedSection key={nameOf(chosen)} place={chosen} />}
    </div>
  )
}

/** `ER 2024 (MIN)`, which the address of the page holds too. */
function nameOf({ platform, form, year }: ReturnType<typeof placeOf>): string {
  return `${form} ${year} (${platform})`
}
