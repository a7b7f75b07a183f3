import { useEffect, useRef } from 'react'
import { useQuery } from 'urql'
import { PolicyDifferenceDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { IconButton } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { LineChanges } from './LineChanges'
import { useDesk } from './desk'

interface Props {
  readonly from: number
  readonly to: number
  readonly onClose?: () => void
}

/** What one version says that another does not. */
export function DifferenceView({ from, to, onClose }: Props) {
  const { platform } = useDesk()
  const title = useRef<HTMLHeadingElement>(null)
  const isOpened = onClose !== undefined
  // Shown below what asked for it.
  useEffect(() => {
    if (isOpened) title.current?.focus()
  }, [isOpened])
  const [{ data, error }] = useQuery({ query: PolicyDifferenceDocument, variables: { platform, from, to } })
  const problem = problemOf(error)
  const difference = data?.policyDifference
  return (
    <section className="desk-card" aria-label={`De la version ${from} à la version ${to}`} aria-live="polite">
      <header className="desk-bar">
        <h3 ref={title} tabIndex={-1}>
          De la version {from} à la version {to}
        </h3>
        {onClose && <IconButton icon="close" label="Fermer la comparaison" onClick={onClose} />}
      </header>
      <ProblemAlert problem={problem} />
      {!difference && !problem && <Loading label="Comparaison…" />}
      {difference && (
        <>
          <p>{difference.sentence}</p>
          <LineChanges added={difference.added} closed={difference.closed} />
          {difference.facts.length > 0 && (
            <ul className="desk-sentences">
              {difference.facts.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
