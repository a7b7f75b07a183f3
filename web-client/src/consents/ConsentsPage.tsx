import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { ConsentList } from './ConsentList'
import { OrganismConsents } from './OrganismConsents'
import '../ui/table.css'
import './consents.css'

/** An organism gives its access and sees who uses it; a partner sees which organisms gave theirs. */
export function ConsentsPage() {
  const { viewer } = useSession()
  usePageTitle(viewer?.kind === 'ORGANISM' ? 'Accès des partenaires' : 'Accès donnés par les organismes')
  return <div className="page consents">{viewer?.kind === 'ORGANISM' ? <OrganismConsents /> : <ConsentList />}</div>
}
