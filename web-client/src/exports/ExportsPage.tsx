import { Link } from 'wouter'
import { usePageTitle } from '../shell/usePageTitle'
import { MassExports } from './MassExports'
import { SingleExports } from './SingleExports'
import '../ui/table.css'
import './exports.css'

/** What the viewer asked for as files, of many dossiers and of one. */
export function ExportsPage() {
  usePageTitle('Exports')
  return (
    <div className="page exports">
      <h1>Impressions et exports</h1>
      <p className="muted">
        Vos fichiers restent disponibles quelques jours après leur production. Les copies scellées des dossiers
        transmis, elles, restent dans l’<Link href="/acces-direct">accès direct</Link>. La liste des organismes qui ont
        transmis à une date s’emporte depuis <Link href="/transmis">les dossiers transmis</Link>.
      </p>
      <MassExports />
      <SingleExports />
    </div>
  )
}
