import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CampaignLineFragment } from '../gen/graphql'
import type { GrowingList } from '../graphql/useGrowingList'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'

interface Props<Node> {
  readonly list: GrowingList<Node>
  readonly label: string
  /** What a line is, singular. */
  readonly word: string
  readonly none: string
  readonly headings: readonly ReactNode[]
  readonly children: (node: Node) => ReactNode
}

/** A table that grows a page at a time, with the exact number of its lines. */
export function PagedList<Node>({ list, label, word, none, headings, children }: Props<Node>) {
  const { nodes, total, busy, problem, more } = list
  if (!nodes) return problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de la liste…" />
  return (
    <>
      <ProblemAlert problem={problem} />
      <p aria-live="polite">{total === 0 ? none : `${plural(total, word)}.`}</p>
      {nodes.length > 0 && (
        <Scroller className="table-box" label={label}>
          <table>
            <TableHead headings={headings} />
            <tbody>{nodes.map(children)}</tbody>
          </table>
        </Scroller>
      )}
      {more && (
        <p>
          <Button busy={busy} onClick={more}>
            Afficher les suivants
          </Button>
        </p>
      )}
    </>
  )
}

/** The organism of a dossier, and the way to it. */
export function DossierName({ dossier: { id, organism } }: { dossier: CampaignLineFragment }) {
  return (
    <>
      <Link href={`/dossiers/${id}`}>{organism.name}</Link> <span className="muted numeric">{organism.code}</span>
    </>
  )
}
