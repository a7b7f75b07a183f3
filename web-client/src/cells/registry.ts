import type { Client } from '@urql/core'
import { WriteCellsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { DossierCells, type WriteAnswer } from './dossierCells'

// Outlives the screens: what was typed is still there after a detour by another page or a new login.
const dossiers = new Map<string, DossierCells>()

/** The cells of a dossier, which write through the client of the current session. */
export function cellsOf(dossier: string, client: Client): DossierCells {
  const send: DossierCells['send'] = async (writes) => {
    const { data, error } = await client.mutation(WriteCellsDocument, { dossier, writes })
    const problem = problemOf(error)
    if (problem || !data) return { problem: problem ?? { code: 'INTERNAL', message: '', details: {} } }
    return { answer: { ...data.writeCells, changed: data.writeCells.changed as WriteAnswer['changed'] } }
  }
  let cells = dossiers.get(dossier)
  if (!cells) dossiers.set(dossier, (cells = new DossierCells(send)))
  cells.send = send
  return cells
}

/** How many values typed here the server does not keep yet, all dossiers together. */
export function countUnsaved(): number {
  let count = 0
  for (const cells of dossiers.values()) count += cells.summary().unsaved
  return count
}

export function forgetCells(): void {
  dossiers.clear()
}
