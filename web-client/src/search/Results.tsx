import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Checkbox } from '../ui/Checkbox'
import { IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Scroller } from '../ui/Scroller'
import { type Column } from './columns'
import type { SearchOrder } from './place'
import { type Selection, has } from './selection'
import type { Found } from './useSearch'
import './results.css'

const ROW_HEIGHT = 44

export interface ListProps {
  readonly rows: readonly Found[]
  /** How many rows may be shown. */
  readonly total: number
  readonly columns: readonly Column[]
  readonly order: SearchOrder
  readonly selection: Selection
  readonly onOrder: (order: SearchOrder) => void
  readonly onTick: (id: string) => void
  readonly onTickAll: () => void
  readonly onCard: (found: Found) => void
  readonly onReach: (index: number) => void
}

/** The whole list under one scroll bar, but only the rows in sight on the page. */
export function VirtualResults(props: ListProps) {
  const { rows, total, onReach } = props
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onReach(last), [last, onReach])
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <Scroller className="results" ref={scroller} label="Dossiers trouvés">
      <Table {...props}>
        {before > 0 && <Gap height={before} />}
        {items.map(({ index }) => (
          <ResultRow key={index} index={index} found={rows[index]} {...props} />
        ))}
        {after > 0 && <Gap height={after} />}
      </Table>
    </Scroller>
  )
}

/** A page of them. */
export function PagedResults({ from, size, ...props }: ListProps & { from: number; size: number }) {
  const { rows, total, onReach } = props
  const end = Math.min(total, from + size)
  useEffect(() => onReach(end - 1), [end, onReach])
  return (
    <Scroller className="results" label="Dossiers trouvés">
      <Table {...props}>
        {Array.from({ length: Math.max(0, end - from) }, (_, place) => (
          <ResultRow key={from + place} index={from + place} found={rows[from + place]} {...props} />
        ))}
      </Table>
    </Scroller>
  )
}

function Table({
  total,
  columns,
  order,
  selection,
  onOrder,
  onTickAll,
  children,
}: ListProps & { children: ReactNode }) {
  const isNone = selection.ids.size === 0
  const isAll = selection.isAll && isNone
  return (
    <table aria-rowcount={total + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" className="result-box" aria-label="Choix">
            <Checkbox checked={isAll} partly={!isNone} onChange={onTickAll}>
              <span className="visually-hidden">Choisir tous les résultats</span>
            </Checkbox>
          </th>
          {columns.map((column) => (
            <Heading key={column.key} column={column} order={order} onOrder={onOrder} />
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Heading({
  column: { label, sort },
  order,
  onOrder,
}: Pick<ListProps, 'order' | 'onOrder'> & { column: Column }) {
  if (!sort) return <th scope="col">{label}</th>
  const isSorted = order.sort === sort
  const descending = isSorted && order.descending
  return (
    <th scope="col" aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className="sort-button"
        title={isSorted ? 'Inverser le tri' : `Trier par ${label.toLowerCase()}`}
        onClick={() => onOrder({ sort, descending: isSorted && !descending })}
      >
        {label}
        {isSorted && <Icon name={descending ? 'sortDown' : 'sortUp'} size={13} />}
      </button>
    </th>
  )
}

function Gap({ height }: { height: number }) {
  return <tr aria-hidden="true" style={{ height }} />
}

interface RowProps extends Pick<ListProps, 'columns' | 'selection' | 'onTick' | 'onCard'> {
  readonly index: number
  readonly found: Found | undefined
}

function ResultRow({ index, found, columns, selection, onTick, onCard }: RowProps) {
  if (!found) {
    return (
      <tr aria-rowindex={index + 2}>
        <td colSpan={columns.length + 1} aria-label="Chargement…">
          <span className="skeleton" />
        </td>
      </tr>
    )
  }
  const isChosen = has(selection, found.id)
  const { form, year, organism } = found
  return (
    <tr aria-rowindex={index + 2} className={isChosen ? 'is-chosen' : undefined}>
      <td className="result-box" aria-label="Choix">
        <Checkbox checked={isChosen} onChange={() => onTick(found.id)}>
          <span className="visually-hidden">
            Choisir {form} {year} de {organism.name}
          </span>
        </Checkbox>
      </td>
      {columns.map((column) =>
        column.key === 'name' ? (
          <th key="name" scope="row">
            <span className="result-organism">
              <IconButton icon="house" label={`Fiche de ${organism.name}`} onClick={() => onCard(found)} />
              <span title={organism.name}>{organism.name}</span>
            </span>
          </th>
        ) : (
          <td key={column.key} className={column.numeric ? 'numeric' : undefined}>
            {column.show(found)}
          </td>
        ),
      )}
    </tr>
  )
}
