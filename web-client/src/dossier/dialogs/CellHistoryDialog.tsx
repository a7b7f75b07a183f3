import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { DossierCells } from '../../cells/dossierCells'
import { CellHistoryDocument, type CellHistoryQuery, type ChangeOrigin } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { formatMoment } from '../../text/dates'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Loading } from '../../ui/Progress'
import { ProblemAlert } from '../../ui/Problem'

type Page = CellHistoryQuery['cellHistory']
type Change = Page['edges'][number]['node']

const PAGE = 20
const ORIGINS: Readonly<Record<ChangeOrigin, string>> = {
  TYPED: 'saisie',
  PASTED: 'collée',
  XML: 'chargée d’un fichier XML',
  SPREADSHEET: 'chargée d’un classeur',
  CSV: 'chargée d’un fichier CSV',
  PREVIOUS_YEAR: 'reprise de l’an dernier',
  COMMON_CORE: 'copiée du tronc commun',
  UNDO: 'annulation',
}

interface Props {
  readonly dossier: string
  readonly cell: string
  readonly label: string
  readonly cells: DossierCells
  readonly onClose: () => void
  /** Leads to what is said of the cell; undefined for whoever may not read that. */
  readonly onMessage?: () => void
}

/** Who changed a cell, when, from what to what, how it came there and why; the last first. */
export function CellHistoryDialog({ dossier, cell, label, cells, onClose, onMessage }: Props) {
  const { changes, next, problem, more } = useHistory(dossier, cell, cells)
  return (
    <Dialog
      title={`Historique de ${cell}`}
      onClose={onClose}
      footer={
        <>
          {onMessage && (
            <Button icon="message" onClick={onMessage}>
              Message
            </Button>
          )}
          <Button onClick={onClose}>Fermer</Button>
        </>
      }
    >
      <p className="muted">{label}</p>
      <ProblemAlert problem={problem} />
      {!changes && !problem && <Loading label="Lecture de l’historique…" />}
      {changes?.length === 0 && <p>Cette cellule n’a jamais été modifiée.</p>}
      {changes && changes.length > 0 && (
        <ol className="timeline" aria-label={`Changements de ${cell}`}>
          {changes.map((change) => (
            <ChangeItem key={change.cursor} change={change.node} />
          ))}
        </ol>
      )}
      {next && (
        <Button look="quiet" onClick={more}>
          Changements plus anciens
        </Button>
      )}
    </Dialog>
  )
}

function ChangeItem({ change: { at, author, beforeDisplay, afterDisplay, origin, reason } }: { change: Change }) {
  return (
    <li>
      <p>
        <span className="numeric">{beforeDisplay || 'vide'}</span> <span aria-hidden="true">→</span>
        <span className="visually-hidden">devient</span> <strong className="numeric">{afterDisplay || 'vide'}</strong>
      </p>
      <p className="muted">
        {formatMoment(at)}, {author ?? 'le système'} · {ORIGINS[origin]}
      </p>
      {reason && <p>«&nbsp;{reason}&nbsp;»</p>}
    </li>
  )
}

/** Reads page after page, once what was just typed is kept. */
function useHistory(dossier: string, cell: string, cells: DossierCells) {
  const client = useClient()
  const [changes, setChanges] = useState<Page['edges']>()
  const [next, setNext] = useState<string | null>()
  const [problem, setProblem] = useState<Problem>()
  // Another object each time: the page that failed can be asked for again.
  const [asked, setAsked] = useState<{ readonly after?: string }>({})
  useEffect(() => {
    let wanted = true
    const read = async () => {
      await cells.flush()
      const { data, error } = await client.query(
        CellHistoryDocument,
        { dossier, cell, first: PAGE, after: asked.after },
        { requestPolicy: 'network-only' },
      )
      if (!wanted) return
      setProblem(problemOf(error))
      if (!data) return
      const { edges, pageInfo } = data.cellHistory
      setChanges((known) => [...(asked.after ? (known ?? []) : []), ...edges])
      setNext(pageInfo.hasNextPage ? pageInfo.endCursor : null)
    }
    void read()
    return () => {
      wanted = false
    }
  }, [client, dossier, cell, cells, asked])
  return { changes, next, problem, more: () => setAsked({ after: next ?? undefined }) }
}
