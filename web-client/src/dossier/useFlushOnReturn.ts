import { useEffect } from 'react'
import type { DossierCells } from '../cells/dossierCells'

/** What waited for a session or for the network is sent as soon as there may be one again. */
export function useFlushOnReturn(cells: DossierCells): void {
  useEffect(() => {
    const flush = () => void cells.flush()
    flush()
    window.addEventListener('online', flush)
    // The window is being left: what is typed goes now rather than at the end of the pause.
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('online', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [cells])
}
