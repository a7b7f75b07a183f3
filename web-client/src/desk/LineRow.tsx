import { Link } from 'wouter'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import type { Line } from './desk'

interface Props {
  readonly line: Line
  readonly isClosed: boolean
  readonly onToggle: () => void
}

/** One rule in force: in words, then as the policy writes it. */
export function LineRow({ line: { id, ptype, values, text, ref, convention, editable }, isClosed, onToggle }: Props) {
  return (
    <tr className={isClosed ? 'desk-closed' : undefined}>
      <th scope="row" className="numeric">
        {id}
      </th>
      <td>
        {isClosed ? <del>{text}</del> : text}{' '}
        {isClosed && (
          <Badge tone="warn" icon="minus">
            à retirer
          </Badge>
        )}
        <details className="desk-raw">
          <summary>Telle qu’écrite</summary>
          <code>{[ptype, ...values].join(', ')}</code>
        </details>
      </td>
      <td>
        {ref}
        {convention && (
          <>
            <br />
            <Link href={`/conventions/${convention}`}>Voir la convention</Link>
          </>
        )}
      </td>
      <td>
        {editable && (
          <Button look="quiet" icon={isClosed ? undefined : 'minus'} onClick={onToggle}>
            {isClosed ? 'Garder' : 'Retirer'}
            <span className="visually-hidden"> la règle {id}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}
