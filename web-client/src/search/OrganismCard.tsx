import { Link } from 'wouter'
import { groupDigits } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { NOWHERE, writePlace } from './place'
import type { Found } from './useSearch'
import { CATEGORIES } from './words'

/** What is known of an organism, beside the list (manual §6.4, « fiche signalétique »). */
export function OrganismCard({ found: { organism }, onClose }: { found: Found; onClose: () => void }) {
  const facts = [
    ['SIREN', groupDigits(organism.siren)],
    ['Code', organism.code],
    ['Type', CATEGORIES[organism.category]],
    ['Fédération', organism.federation ?? 'Non fédéré'],
    ['Commune du siège', organism.city],
    ['Département', organism.department],
  ]
  return (
    <Dialog title={organism.name} size="s" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      <dl className="organism-card">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Link href={`/?${writePlace({ ...NOWHERE, siren: organism.siren })}`} onClick={onClose}>
          Tous ses dossiers
        </Link>
      </p>
    </Dialog>
  )
}
