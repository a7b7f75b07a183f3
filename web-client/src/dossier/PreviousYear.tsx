import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { DossierCells } from '../cells/dossierCells'
import type { Previous } from '../cells/previous'
import { rowKeyOf } from '../cells/rowKeys'
import { SuggestionsDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import type { Batches } from './useBatches'

interface Found {
  readonly inTab: number
  readonly inDossier: number
  /** Rows of last year, which an empty dynamic tab may take. */
  readonly rows: number
  readonly shown: number
}

interface Props {
  readonly dossier: string
  readonly tab: string
  readonly cells: DossierCells
  readonly edition: number
  readonly batches: Batches
}

/** Last year's values beside this year's, and how to take over those of the tab or of the dossier at once. */
export function PreviousYear({ dossier, tab, cells, edition, batches }: Props) {
  const { found, problem } = usePrevious(dossier, tab, cells, edition, batches.said?.written)
  const [isAsking, setAsking] = useState(false)
  if (problem) return <ProblemAlert problem={problem} />
  if (!found) return null
  const { inTab, inDossier, rows, shown } = found
  return (
    <section className="previous-year" aria-label="Reprise N-1">
      <p>{sentence(inTab, rows, shown + inDossier)}</p>
      {inTab > 0 && (
        <Button busy={batches.busy} onClick={() => void batches.accept(tab)}>
          Reprendre l’onglet ({inTab})
        </Button>
      )}
      {inDossier > inTab && <Button onClick={() => setAsking(true)}>Reprendre tout le dossier ({inDossier})…</Button>}
      {isAsking && (
        <Dialog
          title="Reprendre les valeurs de l’an dernier"
          size="s"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Annuler</Button>
              <Button
                look="primary"
                data-autofocus
                onClick={() => {
                  setAsking(false)
                  void batches.accept(null)
                }}
              >
                Reprendre {plural(inDossier, 'valeur')}
              </Button>
            </>
          }
        >
          <p>
            {plural(inDossier, 'cellule encore vide recevra', 'cellules encore vides recevront')}, dans tous les
            onglets, la valeur de l’an dernier. Ce qui est déjà saisi ne change pas. Vous pourrez annuler.
          </p>
        </Dialog>
      )}
    </section>
  )
}

function sentence(inTab: number, rows: number, known: number): string {
  if (rows > 0) return `${plural(rows, 'ligne', 'lignes')} de l’an dernier à reprendre dans ce tableau encore vide.`
  if (inTab > 0)
    return `${plural(inTab, 'cellule vide', 'cellules vides')} à reprendre de l’an dernier dans cet onglet.`
  if (known > 0) return 'Rien à reprendre dans cet onglet\u00a0: aucune cellule vide n’avait de valeur l’an dernier.'
  return 'Aucun dossier de l’an dernier à reprendre.'
}

/** Reads what may be taken over, anew each time the tab is read or a verb was done; leaving, hides it. */
function usePrevious(dossier: string, tab: string, cells: DossierCells, edition: number, done: number | undefined) {
  const client = useClient()
  const [state, setState] = useState<{ found?: Found; problem?: Problem }>({})
  useEffect(() => {
    let wanted = true
    void client
      .query(SuggestionsDocument, { id: dossier, code: tab }, { requestPolicy: 'network-only' })
      .then(({ data, error }) => {
        if (!wanted) return
        if (!data) {
          setState({ problem: problemOf(error) })
          return
        }
        const { suggestions } = data.dossier.tab
        cells
          .tab(tab)
          .showPrevious(new Map(suggestions.map(({ cell, previous, acceptable }) => [cell, of(previous, acceptable)])))
        const rows = new Set(suggestions.map(({ cell }) => rowKeyOf(cell)).filter(Boolean)).size
        const inTab = suggestions.filter(({ acceptable }) => acceptable).length
        setState({ found: { inTab, rows, shown: suggestions.length, inDossier: data.dossier.suggestionCount } })
      })
    return () => {
      wanted = false
    }
  }, [client, dossier, tab, cells, edition, done])
  useEffect(() => () => cells.tab(tab).showPrevious(undefined), [cells, tab])
  return state
}

function of(value: string, acceptable: boolean): Previous {
  return { value, acceptable }
}
