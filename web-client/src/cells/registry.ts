import type { Client } from '@urql/core'
import { WriteCellsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { DossierCells, type WriteAnswer } from './dossierCells'
import { forgetDrafts, keepDrafts, keptDrafts } from './keeping'

// Outlives the screens: what was typed is still there after a detour by another page or a new login.
const KEEPING_PAUSE = 250
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
  if (!cells) dossiers.set(dossier, (cells = open(dossier, send)))
  cells.send = send
  return cells
}

function open(dossier: string, send: DossierCells['send']): DossierCells {
  const cells = new DossierCells(send)
  cells.restore(keptDrafts(dossier))
  let timer: ReturnType<typeof setTimeout> | undefined
  cells.saves.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(() => dossiers.get(dossier) === cells && keepDrafts(dossier, cells.drafts()), KEEPING_PAUSE)
  })
  return cells
}

/** Closes the open field as Tab would, and keeps every draft in the window: the page is being left. */
export function holdDrafts(): void {
  const field = document.activeElement
  if (field instanceof HTMLElement && field.classList.contains('cell-editor')) field.blur()
  for (const [dossier, cells] of dossiers) keepDrafts(dossier, cells.drafts())
}

/** How many values typed here the server does not keep yet, all dossiers together. */
export function countUnsaved(): number {
  let count = 0
  for (const cells of dossiers.values()) count += cells.summary().unsaved
  return count
}

export function forgetCells(): void {
  const left = [...dossiers.values()]
  dossiers.clear()
  for (const cells of left) cells.stop()
  forgetDrafts()
}
