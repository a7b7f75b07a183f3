import type { CombinedError } from '@urql/core'
import { useState } from 'react'
import { useClient } from 'urql'
import type { DossierCells } from '../cells/dossierCells'
import {
  AcceptSuggestionsDocument,
  type BatchFieldsFragment,
  type CopyCommonCoreMutationVariables,
  CopyCommonCoreDocument,
  type RowChange,
  UndoBatchDocument,
  WriteGroupDocument,
  WriteRowsDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { freshKey } from '../text/key'
import { plural } from '../text/numbers'

/** What the last verb came to, for the user; `batch` undoes it, as long as nothing was written since. */
export interface Said {
  readonly tone: 'good' | 'bad' | 'info'
  readonly text: string
  readonly batch?: string
  readonly written: number
}

interface Told {
  readonly words: (batch: BatchFieldsFragment) => string
  /** The cells that the verb names: the others of their tabs need not be read again. */
  readonly cells?: readonly string[]
  /** What stands on screen is read again even where nothing was left to write. */
  readonly rereads?: boolean
  /** An undoing is not undone in its turn. */
  readonly isLast?: boolean
}

export type Batches = ReturnType<typeof useBatches>

/** The verbs by which the server writes many cells at the user's word, each of which can be undone. */
export function useBatches(dossier: string, cells: DossierCells, onRewritten: () => void) {
  const client = useClient()
  const [said, setSaid] = useState<Said>()
  const [busy, setBusy] = useState(false)

  const settle = (batch: BatchFieldsFragment | undefined, error: CombinedError | undefined, told: Told): boolean => {
    const fault = problemOf(error)?.message ?? faultOf(batch)
    if (fault !== undefined || !batch) {
      setSaid({ tone: 'bad', text: fault ?? '', written: cells.written })
      return false
    }
    if (batch.batch) cells.took({ version: batch.version, changed: batch.changed as Changed }, told.cells)
    setSaid({
      tone: batch.batch ? 'good' : 'info',
      text: told.words(batch),
      batch: told.isLast ? undefined : (batch.batch ?? undefined),
      written: cells.written,
    })
    if (told.rereads || (batch.batch && !told.cells)) onRewritten()
    return true
  }
  /** Sends a verb once all that was typed is kept; answers whether it was done. */
  const perform = async (
    send: () => Promise<{ batch: BatchFieldsFragment | undefined; error: CombinedError | undefined }>,
    told: Told,
  ): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    await cells.flush()
    const { batch, error } = await send()
    setBusy(false)
    return settle(batch, error, told)
  }

  const accept = (tab: string | null, named?: readonly string[]) =>
    perform(
      async () => {
        const asked = { dossier, tab, cells: named, key: freshKey() }
        const { data, error } = await client.mutation(AcceptSuggestionsDocument, asked)
        return { batch: data?.acceptSuggestions, error }
      },
      { cells: named, words: ({ written }) => plural(written, 'valeur reprise', 'valeurs reprises') },
    )
  const deleteRow = (tab: string, key: string, was: Readonly<Record<string, string | null>>, label: string) =>
    perform(
      async () => {
        const changes = [{ action: 'DELETE' as const, key, was }]
        const { data, error } = await client.mutation(WriteRowsDocument, { dossier, tab, changes })
        return { batch: data?.writeRows, error }
      },
      { words: () => `${label} supprimée` },
    )
  const changeGroup = (group: string, change: RowChange, words: string) =>
    perform(
      async () => {
        const { data, error } = await client.mutation(WriteGroupDocument, { dossier, group, changes: [change] })
        return { batch: data?.writeGroup, error }
      },
      { rereads: true, words: () => words },
    )
  const copy = (chosen: CopyCommonCoreMutationVariables['copy']) =>
    perform(
      async () => {
        const { data, error } = await client.mutation(CopyCommonCoreDocument, {
          dossier,
          copy: chosen,
          key: freshKey(),
        })
        // What another dossier received is not of this one: neither its values nor its undoing.
        const batch = data?.copyCommonCore
        return { batch: batch && chosen.direction === 'TO_OTHER' ? { ...batch, batch: null } : batch, error }
      },
      { words: () => plural(chosen.divergences.length, 'valeur copiée', 'valeurs copiées') },
    )
  const undo = () =>
    perform(
      async () => {
        const { data, error } = await client.mutation(UndoBatchDocument, {
          dossier,
          batch: said?.batch ?? '',
          key: freshKey(),
        })
        return { batch: data?.undoBatch, error }
      },
      { isLast: true, words: ({ left }) => (left.length ? leftSentence(left.length) : 'C’est annulé') },
    )
  /** Undoes the last verb unless something was typed since: that is then undone first. */
  const undoLast = (): boolean => {
    if (!said?.batch || said.written !== cells.written || cells.summary().unsaved > 0) return false
    void undo()
    return true
  }
  return { said, busy, accept, deleteRow, changeGroup, copy, undo, undoLast, close: () => setSaid(undefined) }
}

type Changed = Readonly<Record<string, string | null>>

function leftSentence(count: number): string {
  return `C’est annulé, sauf ${plural(count, 'valeur modifiée', 'valeurs modifiées')} depuis`
}

function faultOf(batch: BatchFieldsFragment | undefined): string | undefined {
  if (!batch) return undefined
  const [refusal] = batch.refused
  if (refusal) return refusal.message
  const [conflict] = batch.conflicts
  if (!conflict) return undefined
  const who = conflict.author ?? 'Quelqu’un'
  return `${who} a modifié la cellule ${conflict.cell} entre-temps\u00a0: rien n’a été écrit. Relisez, puis recommencez.`
}
