import { useEffect } from 'react'
import { useClient } from 'urql'
import type { DossierCells } from '../cells/dossierCells'
import { useVersion } from '../cells/useStore'
import type { TypedData } from '../formula/data'
import { FormulaDataDocument } from '../gen/graphql'
import type { DossierData } from './useDossier'

/**
 * Computes the dossier in the browser for those who type in it, or where answers hide tabs and lines: all that formulas read is loaded once,
 * and again when someone else wrote. Without it, each result waits for the server, which has it anyway.
 */
export function useLive(
  { id, rights, organism }: DossierData,
  cells: DossierCells,
  edition: number,
  isConditional: boolean,
): void {
  const client = useClient()
  const isWanted = isConditional || rights.includes('dossier:write')
  const outdated = useVersion(cells.overlay.outdated)
  useEffect(() => {
    if (!isWanted) {
      cells.overlay.attach(undefined)
      return undefined
    }
    let wanted = true
    const open = async () => {
      const [{ openLive }, { data }] = await Promise.all([
        import('../formula/live'),
        client.query(FormulaDataDocument, { id }, { requestPolicy: 'network-only' }),
      ])
      if (!data) return
      // Last year is closed to this reader: what the browser would compute from blanks would be wrong.
      if (!data.dossier.formulaData) {
        if (wanted) cells.overlay.attach(undefined)
        return
      }
      const typed = data.dossier.formulaData as unknown as TypedData & { readonly version: number }
      const live = await openLive(data.dossier.scriptUrl, organism.category, typed)
      if (wanted) cells.overlay.attach(live)
    }
    open().catch(() => wanted && cells.overlay.attach(undefined))
    return () => {
      wanted = false
    }
  }, [client, id, organism.category, isWanted, cells, edition, outdated])
}
