import { useMemo } from 'react'
import type { PackFindingFieldsFragment } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Scroller } from '../ui/Scroller'
import type { Place } from './FilesSection'
import { Section } from './Section'
import { useMore } from './useMore'
import { type FindingGroup, groupFindings } from './words'

type Finding = PackFindingFieldsFragment

const MOST = 50

interface Props {
  readonly findings: readonly Finding[]
  /** Opens the file at the place; absent where the files can no longer change. */
  readonly onPlace?: (place: Place) => void
}

/** What reading the files found: faults first, which keep the revision from being published, then advice. */
export function FindingsSection({ findings, onPlace }: Props) {
  const groups = useMemo(() => groupFindings(findings), [findings])
  const faults = groups.filter(({ finding }) => finding.severity === 'FAULT').length
  const { shown, hidden, showAll } = useMore(groups, MOST)
  return (
    <Section title="Lecture des fichiers" state={<State faults={faults} advice={groups.length - faults} />}>
      {findings.length > 0 && (
        <Scroller className="table-box packs-findings" label="Constats">
          <table>
            <thead>
              <tr>
                <th scope="col">Portée</th>
                <th scope="col">Endroit</th>
                <th scope="col">Constat</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((group) => (
                <FindingRow key={keyOf(group)} group={group} onPlace={onPlace} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {hidden > 0 && <Button onClick={showAll}>Afficher {plural(hidden, 'autre constat', 'autres constats')}</Button>}
    </Section>
  )
}

function State({ faults, advice }: { faults: number; advice: number }) {
  return (
    <span className="row">
      {faults > 0 ? (
        <Badge tone="bad" icon="alert">
          {plural(faults, 'défaut')}
        </Badge>
      ) : (
        <Badge tone="good" icon="check">
          aucun défaut
        </Badge>
      )}
      {advice > 0 && <Badge icon="info">{plural(advice, 'conseil')}</Badge>}
    </span>
  )
}

function keyOf({ finding: { file, line, column, code } }: FindingGroup): string {
  return [file, line, column, code].join(' ')
}

function FindingRow({ group: { finding, more }, onPlace }: { group: FindingGroup; onPlace: Props['onPlace'] }) {
  const { severity, file, line, column, code, message } = finding
  const place = [file, line, column].filter(Boolean).join(':')
  return (
    <tr>
      <td>
        {severity === 'FAULT' ? (
          <Badge tone="bad" icon="alert">
            défaut
          </Badge>
        ) : (
          <Badge icon="info">conseil</Badge>
        )}
      </td>
      <td className="packs-place">
        {onPlace && file ? (
          <button
            type="button"
            className="packs-link"
            aria-label={`Ouvrir ${place}`}
            onClick={() => onPlace({ file, line, column })}
          >
            {place}
          </button>
        ) : (
          place || '–'
        )}
      </td>
      <td>
        {message}
        {more > 0 && ` Et ${plural(more, 'autre semblable', 'autres semblables')} au même endroit.`}
        <br />
        <code className="muted">{code}</code>
      </td>
    </tr>
  )
}
