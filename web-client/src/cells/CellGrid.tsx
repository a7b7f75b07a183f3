import { useVirtualizer } from '@tanstack/react-virtual'
import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, memo, useEffect, useRef } from 'react'
import type { Talks } from '../exchange/talks'
import type { Severity } from '../gen/graphql'
import { Icon } from '../ui/Icon'
import { Cell } from './Cell'
import { GridHead } from './GridHead'
import type { GridActions } from './actions'
import { type GridRow, cellOf } from './gridModel'
import { commandOf } from './keyboard'
import { isBlock } from './paste'

const MANY_ROWS = 80
const ROW_HEIGHT = 34
const ROW_HEIGHT_WITH_PREVIOUS = 52

interface Props {
  readonly actions: GridActions
  readonly severities: ReadonlyMap<string, Severity>
  readonly talks: Talks['cells']
  readonly onBlock: (text: string) => void
}

/** The cells of a tab: a grid by its keyboard and its roles, one stop for the Tab key. */
export function CellGrid({ actions, severities, talks, onBlock }: Props) {
  const { model, store } = actions
  const scroller = useRef<HTMLDivElement>(null)
  const leaving = useRef(false)
  const isVirtual = model.rows.length > MANY_ROWS
  const virtual = useVirtualizer({
    count: model.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (store.previous ? ROW_HEIGHT_WITH_PREVIOUS : ROW_HEIGHT),
    overscan: 12,
    enabled: isVirtual,
  })

  useEffect(() => virtual.measure(), [store.previous, virtual])
  useEffect(() => {
    if (!isVirtual) return undefined
    const aim = () => store.activeId && `${store.activeId} ${store.view(store.activeId).called}`
    let shown = aim()
    return store.changes.subscribe(() => {
      const place = store.activeId && model.places.get(store.activeId)
      if (place && store.wantsFocus && aim() !== shown) virtual.scrollToIndex(place[0])
      shown = aim()
    })
  }, [isVirtual, model, store, virtual])

  const onKeyDown = (event: KeyboardEvent) => {
    if (store.isEditing) return
    // A grid that keeps the Tab key must let one out: Escape, then Tab.
    if (event.key === 'Tab' && leaving.current) return
    // Shift is pressed before the Tab that it goes with.
    if (event.key !== 'Shift') leaving.current = event.key === 'Escape'
    const command = commandOf(event)
    store.wantsFocus = true
    if (command && actions.run(command)) event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const id = (event.target as Element).closest<HTMLElement>('[data-cell]')?.dataset.cell
    const cell = cellOf(model, id)
    if (!cell || (store.isEditing && store.activeId === id)) return
    if ((event.target as Element).closest('.talk')) {
      actions.ask('message', cell)
      return
    }
    store.wantsFocus = true
    // One click types where one types; a forcible cell waits for a second, to be forced on purpose.
    if (cell.kind === 'F' && event.detail < 2) store.activate(cell.id)
    else actions.open(cell, event.detail < 2 ? 'replace' : 'edit')
  }
  const onPaste = (event: ClipboardEvent) => {
    if (store.isEditing) return
    const text = event.clipboardData.getData('text/plain')
    const cell = cellOf(model, store.activeId)
    if (!cell || !text) return
    event.preventDefault()
    if (isBlock(text)) onBlock(text)
    else actions.commit(cell, text)
  }
  const onCopy = (event: ClipboardEvent) => {
    const text = store.isEditing || !document.getSelection()?.isCollapsed ? undefined : actions.copied()
    if (text === undefined) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
  }
  const items = isVirtual ? virtual.getVirtualItems() : undefined
  const shown = items ? items.map(({ index }) => index) : [...model.rows.keys()]
  return (
    <div className="grid-scroller" ref={scroller}>
      <table
        role="grid"
        className={`grid ${shapeOf(model)}`}
        aria-label={`${model.tab.code} – ${model.tab.title}`}
        aria-readonly={!store.editable}
        aria-rowcount={model.rows.length + 1}
        aria-colcount={model.tab.columns.length + 1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPaste={onPaste}
        onCopy={onCopy}
        onFocus={(event) => {
          const id = event.target.dataset.cell
          if (id && id !== store.activeId) store.activate(id)
        }}
      >
        <GridHead tab={model.tab} />
        <tbody>
          {items && <Gap height={items[0]?.start ?? 0} />}
          {shown.map((index) => (
            <Row
              key={model.rows[index]!.key}
              row={model.rows[index]!}
              index={index}
              {...{ actions, severities, talks, onBlock }}
            />
          ))}
          {items && <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />}
        </tbody>
      </table>
    </div>
  )
}

/** Tells the eye that F1 has something to say of the line; the cell bar has the button. */
function HelpMark({ help }: { help: string }) {
  return (
    <span className="line-help-mark" title={help} aria-hidden="true">
      <Icon name="info" size={14} />
    </span>
  )
}

/** A sheet of one column gives it room; the rows of a dynamic tab need little for their number. */
function shapeOf({ tab }: GridActions['model']): string {
  if (tab.dynamic) return 'grid-dynamic'
  return tab.columns.length === 1 ? 'grid-sheet' : ''
}

function Gap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden="true" style={{ height }} /> : null
}

const Row = memo(function Row({
  row,
  index,
  actions,
  severities,
  talks,
  onBlock,
}: Props & { row: GridRow; index: number }) {
  const { columns } = actions.model.tab
  if (row.look === 'title') {
    return (
      <tr aria-rowindex={index + 2} className="grid-title">
        <th scope="rowgroup" colSpan={columns.length + 1}>
          <span>{row.label}</span>
        </th>
      </tr>
    )
  }
  return (
    <tr aria-rowindex={index + 2} className={row.look === 'total' ? 'grid-total' : undefined}>
      <th scope="row">
        <span className="line">
          <span className="line-code">{actions.model.tab.dynamic ? index + 1 : row.key}</span>
          <span className="line-label">{actions.model.tab.dynamic ? '' : row.label}</span>
          {row.help && <HelpMark help={row.help} />}
          {row.accounts && <span className="line-accounts">{row.accounts}</span>}
        </span>
      </th>
      {row.cells.map((cell, column) =>
        cell ? (
          <Cell
            key={cell.id}
            {...{ cell, actions, onBlock }}
            severity={severities.get(cell.id)}
            talks={talks.get(cell.id)}
          />
        ) : (
          <td key={columns[column]!.code} role="gridcell" className="cell-none" aria-label="Sans objet" />
        ),
      )}
    </tr>
  )
})
