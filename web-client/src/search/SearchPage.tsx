import { Suspense, lazy, useEffect, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { Button } from '../ui/Button'
import { rememberSearch } from '../worklist/lastSearch'
import { Found } from './Found'
import { SearchForm } from './SearchForm'
import {
  NOWHERE,
  type SearchOrder,
  type SearchPlace,
  criteriaOf,
  hasCriterion,
  readOrder,
  readPlace,
  writePlace,
} from './place'
import './search.css'

const SavedSearches = lazy(() => import('./SavedSearches').then((module) => ({ default: module.SavedSearches })))

/** The home page (manual §6): what to search for, then what was found, or one's work list, in the same place. */
export function SearchPage() {
  usePageTitle('Recherche')
  const { viewer } = useSession()
  const [params, setParams] = useSearchParams()
  useEffect(() => rememberSearch(params), [params])
  const place = useMemo(() => readPlace(params), [params])
  const order = useMemo(() => readOrder(params), [params])
  const [isSaved, setSaved] = useState(false)
  // Whoever has few dossiers, his own, has them before he asks.
  const isSearched = hasCriterion(place) || viewer?.kind === 'ORGANISM'
  const criteria = useMemo(() => (hasCriterion(place) || place.within ? criteriaOf(place) : null), [place])
  const go = (to: SearchPlace, by: SearchOrder = order, replace = false) => setParams(writePlace(to, by), { replace })
  return (
    <div className="search">
      <h1>Rechercher un dossier</h1>
      <SearchForm place={place} onSearch={(to) => go({ ...to, within: '' })} onReset={() => go(NOWHERE)}>
        <Button look="quiet" icon="bookmark" onClick={() => setSaved(true)}>
          Recherches enregistrées
        </Button>
        <PartnerLinks place={place} />
      </SearchForm>
      <nav className="section-nav" aria-label="Résultats et liste de travail">
        <Link href={`/?${params}`} aria-current="page">
          Résultats
        </Link>
        <Link href="/liste-de-travail">Liste de travail</Link>
      </nav>
      {isSearched ? (
        <Found
          criteria={criteria}
          place={place}
          order={order}
          onPlace={(change, replace) => go({ ...place, ...change }, order, replace)}
          onOrder={(by) => go(place, by, true)}
        />
      ) : (
        <NothingAsked />
      )}
      {isSaved && (
        <Suspense fallback={null}>
          <SavedSearches
            criteria={hasCriterion(place) ? (criteria ?? undefined) : undefined}
            order={order}
            onRun={go}
            onClose={() => setSaved(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** A partner's lists: the organisms that gave their access, for the year searched (manual §6.3), those that
 * transmitted (§11.3). */
function PartnerLinks({ place: { forms, years } }: { place: SearchPlace }) {
  const { viewer } = useSession()
  if (viewer?.kind !== 'PARTNER') return null
  const named = { formulaire: forms[0] ?? '', annee: years[0] ?? '' }
  return (
    <>
      <Link href={`/acces?${new URLSearchParams(named)}`}>Accès donnés par les organismes</Link>
      <Link href="/transmis">Dossiers transmis à une date</Link>
    </>
  )
}

function NothingAsked() {
  return (
    <p className="empty-list">
      Indiquez au moins un critère – un mot du nom, un SIREN, une année, une étape –, puis «&nbsp;Rechercher&nbsp;». Les
      résultats s’afficheront ici.
    </p>
  )
}
