import type { ReactNode } from 'react'

interface Props {
  readonly headings: readonly ReactNode[]
  /** Whether a last column holds what may be done with a line: its heading is for those who hear it. */
  readonly hasActions?: boolean
}

/** The headings of a table's columns. */
export function TableHead({ headings, hasActions }: Props) {
  return (
    <thead>
      <tr>
        {headings.map((heading, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- the columns never move
          <th key={place} scope="col">
            {heading}
          </th>
        ))}
        {hasActions && (
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
