import type { PolicyFindingFieldsFragment } from '../gen/graphql'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import './parts.css'

export type Finding = PolicyFindingFieldsFragment

const KINDS: Readonly<Record<string, string>> = {
  RULE_DEAD: 'sans effet possible',
  RULE_EXPIRED: 'échue',
  RULE_REDUNDANT: 'en double',
  RULE_SHADOWED: 'recouverte',
  RULE_VAIN_DENY: 'exclusion vaine',
}

interface Props {
  readonly findings: readonly Finding[]
  /** Opens the rules that a finding names. */
  readonly onLines?: (lines: readonly string[]) => void
}

/** What the reading of the rules found, one sentence each. */
export function FindingList({ findings, onLines }: Props) {
  return (
    <ul className="desk-findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.lines.join(' ')} ${finding.sentence}`}>
          <Badge tone={finding.code === 'RULE_EXPIRED' ? 'neutral' : 'warn'} icon="info">
            {KINDS[finding.code] ?? finding.code}
          </Badge>
          <span>{finding.sentence}</span>
          {onLines && finding.lines.length > 0 && (
            <Button look="quiet" onClick={() => onLines(finding.lines)}>
              Voir {finding.lines.length > 1 ? 'les règles' : 'la règle'}
              <span className="visually-hidden"> {finding.lines.join(', ')}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
