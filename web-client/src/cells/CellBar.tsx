import { NO_TALK, type Talks } from '../exchange/talks'
import { formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { CellTools } from './CellTools'
import { LookSign } from './Legend'
import type { GridActions } from './actions'
import { LOOKS, STATUSES, lookOf } from './describe'
import { formatValue } from './format'
import { type GridCell, cellOf } from './gridModel'
import type { CellData } from './model'
import { gapBetween } from './previous'
import { unitLabel } from './units'
import { useVersion } from './useStore'

interface Props {
  readonly actions: GridActions
  readonly notes: ReadonlyMap<string, readonly string[]>
  readonly isHelpOpen: boolean
  /** What is said of the cells; undefined for whoever may not read that. */
  readonly talks: Talks['cells'] | undefined
}

/** All about the active cell: its name, its nature, and what can be done about it. */
export function CellBar({ actions, notes, isHelpOpen, talks }: Props) {
  const { store, model } = actions
  useVersion(store.changes)
  const cell = cellOf(model, store.activeId)
  if (!cell) return <div className="cell-bar" />
  const data = store.data(cell.id)
  const look = lookOf(cell.kind, data)
  return (
    <section className="cell-bar" aria-label="Cellule active">
      <div className="cell-bar-main">
        <p className="cell-bar-name">
          <code>{cell.id}</code>
          <LookSign look={look} /> <span className="muted">{LOOKS[look].label}</span>
          <span className="cell-bar-path">
            {model.tab.dynamic ? '' : `${cell.row.label} · `}
            {cell.column.label} <span className="muted">({unitLabel(cell.unit)})</span>
          </span>
          {data.status !== 'idle' && (
            <span className={`cell-bar-status is-${data.status}`}>{STATUSES[data.status]}</span>
          )}
        </p>
        <Details cell={cell} data={data} actions={actions} />
        <Notes notes={notes.get(cell.id) ?? []} />
      </div>
      <CellTools
        {...{ cell, actions, isHelpOpen }}
        view={store.view(cell.id)}
        talks={talks && (talks.get(cell.id) ?? NO_TALK)}
      />
    </section>
  )
}

function Notes({ notes: [first, ...others] }: { notes: readonly string[] }) {
  if (!first) return null
  return (
    <p className="cell-bar-note" title={others.join('\n')}>
      {first}
      {others.length > 0 && ` (et ${plural(others.length, 'autre')})`}
    </p>
  )
}

function Details({ cell, data, actions }: { cell: GridCell; data: CellData; actions: GridActions }) {
  const { store } = actions
  if (data.status === 'conflict' && data.theirs) {
    const { value, author, at } = data.theirs
    return (
      <div className="cell-bar-choice" role="alert">
        <span>
          {author ?? 'Quelqu’un'} a mis <strong>{formatValue(value, cell.unit) || 'vide'}</strong>
          {at && ` le ${formatMoment(at)}`}, vous avez saisi{' '}
          <strong>{formatValue(data.draft?.value ?? null, cell.unit) || 'vide'}</strong>.
        </span>
        <Button onClick={() => store.settle(cell.id, 'mine')}>Garder ma valeur</Button>
        <Button onClick={() => store.settle(cell.id, 'theirs')}>Prendre la sienne</Button>
      </div>
    )
  }
  if (data.status === 'refused') {
    return (
      <div className="cell-bar-choice" role="alert">
        <span>{data.message}</span>
        <Button onClick={() => store.discard(cell.id)}>Abandonner cette saisie</Button>
      </div>
    )
  }
  if (!data.forced) return null
  const gap = gapBetween(data.forced.automatic, data.value, cell.unit)
  return (
    <div className="cell-bar-choice">
      <span>
        Le calcul donne <strong>{formatValue(data.forced.automatic, cell.unit) || 'vide'}</strong>
        {gap && (
          <>
            , écart <strong>{gap}</strong>
          </>
        )}
        . Motif&nbsp;: {data.forced.reason}
      </span>
      {store.editable && <Button onClick={() => actions.commit(cell, '')}>Revenir au calcul</Button>}
    </div>
  )
}
