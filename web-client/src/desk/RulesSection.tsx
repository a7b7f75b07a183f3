import { useState } from 'react'
import { useQuery } from 'urql'
import { useSearch } from 'wouter'
import { DeskLinesDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { type Line, addLines, toggleClosed, useDesk } from './desk'
import { DraftPanel } from './DraftPanel'
import { LineRow } from './LineRow'
import { RuleDialog } from './RuleDialog'

const PAGE = 50

/** The rules in force, and the change under way: what it adds, what it takes away, what it would do. */
export function RulesSection() {
  const { platform, setDraft } = useDesk()
  const lines = new URLSearchParams(useSearch()).get('lignes') ?? ''
  const [search, setSearch] = useState(
    lines &&
      lines
        .split(',')
        .map((id) => `#${id}`)
        .join(' '),
  )
  const [ptype, setPtype] = useState('')
  const [isAdding, setAdding] = useState(false)
  return (
    <section className="desk-section" aria-labelledby="rules-title">
      <header className="desk-bar">
        <h2 id="rules-title">Règles</h2>
        <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
          Ajouter une règle
        </Button>
      </header>
      <p className="muted">
        Une convention s’édite dans son propre écran&nbsp;; ici, les règles communes de la plateforme.
      </p>
      <DraftPanel />
      <div className="desk-filters">
        <TextField
          label="Chercher"
          icon="search"
          hint="Organisation, formulaire, article, ou numéro de règle (#12)"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <SelectField label="Étage" value={ptype} onChange={({ target }) => setPtype(target.value)}>
          <option value="">tous</option>
          <option value="p">conventions et règles communes</option>
          <option value="p2">profils et cases</option>
          <option value="p3">limites du système</option>
        </SelectField>
      </div>
      <Lines key={`${platform} ${search} ${ptype}`} search={search} ptype={ptype} />
      {isAdding && (
        <RuleDialog
          onClose={() => setAdding(false)}
          onAdd={(line) => {
            setDraft((draft) => addLines(draft, [line]))
            setAdding(false)
          }}
        />
      )}
    </section>
  )
}

function Lines({ search, ptype }: { search: string; ptype: string }) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  return (
    <>
      {pages.map((after, number) => (
        <Page
          key={after ?? ''}
          {...{ search, ptype, after }}
          onMore={number === pages.length - 1 ? (cursor) => setPages([...pages, cursor]) : undefined}
          isFirst={number === 0}
        />
      ))}
    </>
  )
}

interface PageProps {
  readonly search: string
  readonly ptype: string
  readonly after: string | null
  readonly isFirst: boolean
  readonly onMore: ((cursor: string) => void) | undefined
}

function Page({ search, ptype, after, isFirst, onMore }: PageProps) {
  const { platform } = useDesk()
  const [{ data, error }] = useQuery({
    query: DeskLinesDocument,
    variables: { platform, search: search.trim(), ptype: ptype || null, first: PAGE, after },
  })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data) return <Loading label="Lecture des règles…" />
  const { totalCount, edges, pageInfo } = data.policyDesk.lines
  return (
    <>
      {isFirst && <p aria-live="polite">{plural(totalCount, 'règle')}.</p>}
      {edges.length > 0 && <LineTable lines={edges.map((edge) => edge.node)} />}
      {onMore && pageInfo.hasNextPage && pageInfo.endCursor && (
        <Button onClick={() => onMore(pageInfo.endCursor ?? '')}>Afficher les suivantes</Button>
      )}
    </>
  )
}

function LineTable({ lines }: { lines: readonly Line[] }) {
  const { draft, setDraft } = useDesk()
  const closed = new Set(draft.close.map(({ id }) => id))
  return (
    <Scroller className="table-box" label="Liste des règles">
      <table>
        <TableHead headings={['N°', 'Règle', 'Article']} hasActions />
        <tbody>
          {lines.map((line) => (
            <LineRow
              key={line.id}
              line={line}
              isClosed={closed.has(line.id)}
              onToggle={() => setDraft((known) => toggleClosed(known, line))}
            />
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}
