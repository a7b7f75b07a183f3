import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { formatDay } from '../text/dates'
import { groupDigits } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Scroller } from '../ui/Scroller'
import { stepNumber } from './criteria'
import type { Found } from './useSearch'

const ROW_HEIGHT = 44
const HEADINGS = ['Code', 'Organisme', 'Type', 'SIREN', 'Dossier', 'Année', 'Étape', 'Depuis le', 'Transmis le']

interface Props {
  readonly rows: readonly Found[]
  readonly total: number
  readonly onReach: (index: number) => void
}

/** The whole list under one scroll bar, but only the rows in sight on the page. */
export function Results({ rows, total, onReach }: Props) {
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
      <table aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {HEADINGS.map((heading) => (
              <th key={heading} scope="col" aria-sort={heading === 'Code' ? 'ascending' : undefined}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ index }) => (
            <ResultRow key={index} index={index} found={rows[index]} />
          ))}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </Scroller>
  )
}

function Gap({ height }: { height: number }) {
  return <tr aria-hidden="true" style={{ height }} />
}

function ResultRow({ index, found }: { index: number; found: Found | undefined }) {
  if (!found) {
    return (
      <tr aria-rowindex={index + 2}>
        <td colSpan={HEADINGS.length} aria-label="Chargement…">
          <span className="skeleton" />
        </td>
      </tr>
    )
  }
  const { organism, form, year, step, stepLabel, stepSince, transmittedAt, id } = found
  return (
    <tr aria-rowindex={index + 2}>
      <td className="numeric">{organism.code}</td>
      <th scope="row">{organism.name}</th>
      <td>
        <Badge>{organism.category}</Badge>
      </td>
      <td className="numeric">{groupDigits(organism.siren)}</td>
      <td>
        <Link href={`/dossiers/${id}`} aria-label={`${form} ${year} de ${organism.name}`}>
          {form}
        </Link>
      </td>
      <td className="numeric">{year}</td>
      <td>
        <span className="result-step">
          <span className="result-step-number">{stepNumber(step)}</span> {stepLabel}
        </span>
      </td>
      <td className="numeric">{formatDay(stepSince)}</td>
      <td className="numeric">{formatDay(transmittedAt)}</td>
    </tr>
  )
}
