import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import type { DossierCells } from './dossierCells'
import { useVersion } from './useStore'

/** Whether the server keeps what was typed, in a few words that change as it does. */
export function SaveState({ cells, onGo }: { cells: DossierCells; onGo: (cell: string) => void }) {
  useVersion(cells.saves)
  const { unsaved, refused, conflicts, saving, offline } = cells.summary()
  const [faulty] = [...conflicts, ...refused]
  const faults = refused.length + conflicts.length
  const waiting = unsaved - faults
  const tone = offline || faults ? 'bad' : waiting ? 'busy' : 'good'
  const state = (
    <output className={`save-state save-${tone}`}>
      {tone === 'busy' ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        <Icon name={tone === 'good' ? 'check' : 'alert'} size={16} />
      )}
      {offline
        ? plural(waiting, 'saisie en attente du réseau', 'saisies en attente du réseau')
        : [
            refused.length && plural(refused.length, 'saisie refusée', 'saisies refusées'),
            conflicts.length && plural(conflicts.length, 'conflit'),
            waiting && (saving ? 'Enregistrement…' : plural(waiting, 'saisie en attente', 'saisies en attente')),
          ]
            .filter(Boolean)
            .join(' · ') || 'Tout est enregistré'}
    </output>
  )
  if (!faulty) return state
  return (
    <span className="save-faults">
      {state}
      <Button look="quiet" onClick={() => onGo(faulty)}>
        Voir
      </Button>
    </span>
  )
}
