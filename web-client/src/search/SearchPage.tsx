import { useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Results } from './Results'
import { STEPS, type SearchPlace, criteriaOf, readPlace, writePlace } from './criteria'
import { useSearch } from './useSearch'
import './search.css'

const TYPING_PAUSE = 250
const FORMS = ['ER', 'QDIS']
const OLDEST_YEAR = 2019

export function SearchPage() {
  usePageTitle('Recherche')
  const [params, setParams] = useSearchParams()
  const place = useMemo(() => readPlace(params), [params])
  const criteria = useMemo(() => criteriaOf(place), [place])
  const { rows, total, problem, fetching, reach } = useSearch(criteria)
  return (
    <div className="search">
      <h1>Rechercher un dossier</h1>
      <Filters place={place} onChange={(next) => setParams(writePlace(next), { replace: true })} />
      <ProblemAlert problem={problem} />
      <div className="search-results">
        <output className="search-count">
          {total === undefined
            ? problem
              ? ''
              : 'Recherche…'
            : total
              ? `${plural(total, 'dossier trouvé', 'dossiers trouvés')}, par code`
              : 'Aucun dossier trouvé'}
        </output>
        {total === 0 && <NothingFound />}
        {total ? (
          <Results rows={rows} total={total} onReach={reach} />
        ) : (
          fetching && <Loading label="Recherche des dossiers…" />
        )}
      </div>
    </div>
  )
}

function Filters({ place, onChange }: { place: SearchPlace; onChange: (place: SearchPlace) => void }) {
  const [text, setText] = useState(place.text)
  useEffect(() => setText(place.text), [place.text])
  useEffect(() => {
    if (text === place.text) return undefined
    const timer = setTimeout(() => onChange({ ...place, text }), TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text, place, onChange])
  const isFiltered = Boolean(text || place.form || place.year || place.step)
  return (
    <search>
      <form
        className="search-filters"
        onSubmit={(event) => {
          event.preventDefault()
          onChange({ ...place, text })
        }}
      >
        <TextField
          label="Organisme"
          icon="search"
          type="search"
          placeholder="Nom, SIREN, code ou département"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label="Formulaire"
          value={place.form}
          onChange={(event) => onChange({ ...place, text, form: event.target.value })}
        >
          <option value="">Tous</option>
          {FORMS.map((form) => (
            <option key={form}>{form}</option>
          ))}
        </SelectField>
        <SelectField
          label="Année"
          value={place.year}
          onChange={(event) => onChange({ ...place, text, year: event.target.value })}
        >
          <option value="">Toutes</option>
          {years().map((year) => (
            <option key={year}>{year}</option>
          ))}
        </SelectField>
        <SelectField
          label="Étape"
          value={place.step}
          onChange={(event) => onChange({ ...place, text, step: event.target.value })}
        >
          <option value="">Toutes</option>
          {STEPS.map(({ label }, number) => (
            <option key={label} value={number}>
              {number} – {label}
            </option>
          ))}
        </SelectField>
        <div className="search-actions">
          <Button type="submit" look="primary">
            Rechercher
          </Button>
          {isFiltered && (
            <Button look="quiet" onClick={() => onChange({ text: '', form: '', year: '', step: '' })}>
              Réinitialiser
            </Button>
          )}
          <PartnerLinks place={place} />
        </div>
      </form>
    </search>
  )
}

/** A partner's lists: the organisms that gave their access, for the year searched (manual §6.3), those that
 * transmitted (§11.3). */
function PartnerLinks({ place: { form, year } }: { place: SearchPlace }) {
  const { viewer } = useSession()
  if (viewer?.kind !== 'PARTNER') return null
  return (
    <>
      <Link href={`/acces?${new URLSearchParams({ form, year })}`}>Accès donnés par les organismes</Link>
      <Link href="/transmis">Dossiers transmis à une date</Link>
    </>
  )
}

function NothingFound() {
  return (
    <p className="search-nothing">
      Aucun dossier ne correspond parmi ceux que vous pouvez consulter. Essayez un mot du nom, les premiers chiffres du
      SIREN, ou retirez un filtre.
    </p>
  )
}

function years(): number[] {
  const latest = new Date().getFullYear()
  return Array.from({ length: latest - OLDEST_YEAR + 1 }, (_, index) => latest - index)
}
