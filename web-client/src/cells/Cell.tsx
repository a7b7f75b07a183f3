import { memo, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { TalkSigns } from '../exchange/TalkMarks'
import type { Talk } from '../exchange/talks'
import type { Severity } from '../gen/graphql'
import { Editor } from './Editor'
import type { GridActions } from './actions'
import { describe, lookOf } from './describe'
import { formatValue } from './format'
import type { GridCell } from './gridModel'
import { type CellData, type CellView, shownValue } from './model'
import { isEntry } from './navigate'
import { type Previous, variation } from './previous'
import { isNumber } from './units'

interface Props {
  readonly cell: GridCell
  readonly actions: GridActions
  readonly severity: Severity | undefined
  /** What is said of it; the same object as long as nothing more is. */
  readonly talks: readonly Talk[] | undefined
  readonly onBlock: (text: string) => void
}

/** One cell: it listens to itself alone, so that typing in one redraws one. */
export const Cell = memo(function Cell({ cell, actions, severity, talks, onBlock }: Props) {
  const { store } = actions
  const view = useSyncExternalStore(
    useCallback((listener: () => void) => store.subscribe(cell.id, listener), [store, cell.id]),
    () => store.view(cell.id),
  )
  const element = useRef<HTMLTableCellElement>(null)
  const isOpen = view.editing !== undefined
  useEffect(() => {
    if (view.active && !isOpen && store.wantsFocus) element.current?.focus()
  }, [view.active, view.called, isOpen, store])
  return (
    <td
      ref={element}
      role="gridcell"
      data-cell={cell.id}
      tabIndex={view.active ? 0 : -1}
      className={classOf(cell, view, severity)}
      aria-readonly={!store.editable || !isEntry(cell) || undefined}
      aria-invalid={view.data.status === 'refused' || view.data.status === 'conflict' || undefined}
      aria-description={describe(cell.kind, view.data, severity, talks)}
    >
      {talks && <TalkSigns talks={talks} />}
      {view.editing ? (
        <Editor cell={cell} data={view.data} editing={view.editing} actions={actions} onBlock={onBlock} />
      ) : (
        <span className="cell-text">{textOf(cell, view)}</span>
      )}
      {view.previous && <LastYear previous={view.previous} cell={cell} data={view.data} />}
    </td>
  )
})

function LastYear({ previous, cell, data }: { previous: Previous; cell: GridCell; data: CellData }) {
  return (
    <span className="cell-previous">
      <span>N‑1&nbsp;: {formatValue(previous.value, cell.unit)}</span>
      <span className="cell-variation">{variation(previous.value, shownValue(data), cell.unit)}</span>
    </span>
  )
}

function textOf(cell: GridCell, { data }: CellView): string {
  if (data.draft && data.draft.value === undefined) return data.draft.text
  return formatValue(shownValue(data), cell.unit)
}

function classOf(cell: GridCell, { data, active, previous }: CellView, severity: Severity | undefined): string {
  const names = ['cell', `cell-${lookOf(cell.kind, data)}`]
  if (isNumber(cell.unit)) names.push('is-number')
  if (data.status !== 'idle') names.push(`is-${data.status}`)
  if (data.local !== undefined) names.push('is-provisional')
  if (previous) names.push('has-previous')
  if (active) names.push('is-active')
  if (severity) names.push(`has-${severity.toLowerCase()}`)
  return names.join(' ')
}
