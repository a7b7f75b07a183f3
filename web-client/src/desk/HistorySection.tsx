import { type Ref, useCallback, useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { DeskVersionsDocument, type VersionFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { CompareForm } from './CompareForm'
import { useDesk } from './desk'
import { DifferenceView } from './DifferenceView'
import { RollbackDialog } from './RollbackDialog'

const PAGE = 20

export type Version = VersionFieldsFragment

export interface Between {
  readonly from: number
  readonly to: number
}

/** Every accepted change, what lies between two of them, and the way back. */
export function HistorySection() {
  // One cursor a page, the latest versions first.
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  const [numbers, setNumbers] = useState<readonly number[]>([])
  const [between, setBetween] = useState<Between>()
  const [back, setBack] = useState<Version>()
  // A page says what it shows each time that it is read: those of a version may come twice.
  const onRead = useCallback(
    (read: readonly number[]) => setNumbers((known) => [...new Set([...known, ...read])].toSorted((a, b) => b - a)),
    [],
  )
  return (
    <section className="desk-section" aria-labelledby="history-title">
      <h2 id="history-title">Historique</h2>
      {pages.map((after, place) => (
        <VersionPage
          key={after ?? ''}
          {...{ after, onRead }}
          onOlder={place === pages.length - 1 ? (cursor) => setPages([...pages, cursor]) : undefined}
          onCompare={setBetween}
          onBack={setBack}
        />
      ))}
      {numbers.length > 1 && <CompareForm numbers={numbers} onCompare={setBetween} />}
      {between && (
        <DifferenceView key={`${between.from} ${between.to}`} {...between} onClose={() => setBetween(undefined)} />
      )}
      {back && <RollbackDialog version={back} onClose={() => setBack(undefined)} />}
    </section>
  )
}

interface PageProps {
  /** The cursor that it begins after; null for the latest versions. */
  readonly after: string | null
  readonly onRead: (numbers: readonly number[]) => void
  readonly onOlder: ((cursor: string) => void) | undefined
  readonly onCompare: (between: Between) => void
  readonly onBack: (version: Version) => void
}

function VersionPage({ after, onRead, onOlder, onCompare, onBack }: PageProps) {
  const { platform, version } = useDesk()
  const [{ data, error }] = useQuery({ query: DeskVersionsDocument, variables: { platform, first: PAGE, after } })
  const problem = problemOf(error)
  const found = data?.policyDesk.versions
  const table = useRef<HTMLElement>(null)
  const isRead = found !== undefined
  // What asked for older ones is gone: one goes on from what it brought.
  useEffect(() => {
    if (isRead && after) table.current?.focus()
  }, [isRead, after])
  useEffect(() => {
    if (found) onRead(found.edges.map((edge) => edge.node.version))
  }, [found, onRead])
  if (problem) return <ProblemAlert problem={problem} />
  if (!found) return <Loading label="Lecture de l’historique…" />
  const { edges, pageInfo } = found
  return (
    <>
      {edges.length > 0 && (
        <Versions
          ref={table}
          label={labelOf(edges.map((edge) => edge.node.version))}
          versions={edges.map((edge) => edge.node)}
          current={version}
          {...{ onCompare, onBack }}
        />
      )}
      {onOlder && pageInfo.hasNextPage && pageInfo.endCursor && (
        <Button onClick={() => onOlder(pageInfo.endCursor ?? '')}>Versions plus anciennes</Button>
      )}
    </>
  )
}

function labelOf(numbers: readonly number[]): string {
  return `Versions des règles, ${numbers[0]} à ${numbers.at(-1)}`
}

interface VersionsProps {
  readonly ref: Ref<HTMLElement>
  readonly label: string
  readonly versions: readonly Version[]
  readonly current: number
  readonly onCompare: (between: Between) => void
  readonly onBack: (version: Version) => void
}

function Versions({ ref, label, versions, current, onCompare, onBack }: VersionsProps) {
  return (
    <Scroller ref={ref} className="table-box" label={label}>
      <table>
        <TableHead headings={['Version', 'Date', 'Auteur', 'Motif', 'Règles']} hasActions />
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row" className="numeric">
                {version.version}{' '}
                {version.version === current && (
                  <Badge tone="good" icon="check">
                    en vigueur
                  </Badge>
                )}
              </th>
              <td className="numeric">{formatMoment(version.at)}</td>
              <td>{version.author ?? <span className="muted">système</span>}</td>
              <td>{version.comment}</td>
              <td className="numeric">
                <Counts version={version} />
              </td>
              <td>
                <span className="desk-row-actions">
                  {version.version > 1 && (
                    <Button
                      look="quiet"
                      icon="compare"
                      onClick={() => onCompare({ from: version.version - 1, to: version.version })}
                    >
                      Voir<span className="visually-hidden"> ce qu’a changé la version {version.version}</span>
                    </Button>
                  )}
                  {version.version < current && (
                    <Button look="quiet" icon="refresh" onClick={() => onBack(version)}>
                      Revenir<span className="visually-hidden"> à la version {version.version}</span>
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function Counts({ version: { added, closed } }: { version: Version }) {
  if (added + closed === 0) return <span className="muted">–</span>
  return (
    <>
      {added > 0 && plural(added, 'ajoutée')}
      {added > 0 && closed > 0 && ', '}
      {closed > 0 && plural(closed, 'retirée')}
    </>
  )
}
