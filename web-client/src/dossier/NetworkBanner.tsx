import { useSyncExternalStore } from 'react'
import type { DossierCells } from '../cells/dossierCells'
import { useVersion } from '../cells/useStore'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'

/** Without network one goes on typing: said plainly, with how much waits and when it will leave. */
export function NetworkBanner({ cells }: { cells: DossierCells }) {
  useVersion(cells.saves)
  const isOnline = useSyncExternalStore(followNetwork, () => navigator.onLine)
  const { offline, unsaved } = cells.summary()
  if (isOnline && !offline) return null
  return (
    <Alert tone="bad" title="Connexion perdue">
      <div className="row">
        <p>
          {unsaved
            ? `${plural(unsaved, 'saisie est gardée', 'saisies sont gardées')} ici, même si la page est rechargée. Nouvel essai dans un instant.`
            : 'Vous pouvez continuer à saisir\u00a0: tout sera enregistré au retour du réseau.'}
        </p>
        <Button onClick={() => void cells.flush()}>Réessayer</Button>
      </div>
    </Alert>
  )
}

function followNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
