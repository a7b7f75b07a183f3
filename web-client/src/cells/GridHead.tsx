import { memo } from 'react'
import type { PackTab } from '../pack/pack'
import { isNumber, unitLabel } from './units'

export const GridHead = memo(function GridHead({ tab }: { tab: PackTab }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="grid-corner">
          {tab.dynamic ? 'N°' : 'Ligne'}
        </th>
        {tab.columns.map((column) => (
          <th key={column.code} scope="col" className={isNumber(column.unit) ? 'is-number' : 'is-text'}>
            <span className="column-label">{column.label}</span>
            <span className="column-code">
              {column.code}
              {column.unit !== tab.unit && ` · ${unitLabel(column.unit)}`}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  )
})
