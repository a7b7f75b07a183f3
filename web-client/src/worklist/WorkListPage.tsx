import { Link, useSearchParams } from 'wouter'
import { usePageTitle } from '../shell/usePageTitle'
import { lastSearch } from './lastSearch'
import { WorkListPanel } from './WorkListPanel'
import './worklist.css'

/** The work lists (manual §7); the address says which is shown. */
export function WorkListPage() {
  usePageTitle('Liste de travail')
  const [params, setParams] = useSearchParams()
  return (
    <div className="worklist">
      <h1>Liste de travail</h1>
      <nav className="section-nav" aria-label="Résultats et liste de travail">
        <Link href={lastSearch()}>Résultats</Link>
        <Link href="/liste-de-travail" aria-current="page">
          Liste de travail
        </Link>
      </nav>
      <WorkListPanel
        asked={params.get('liste')}
        onChoose={(id) => setParams(id ? { liste: id } : {}, { replace: true })}
      />
    </div>
  )
}
