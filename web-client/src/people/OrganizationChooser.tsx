import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { OrganizationCardDocument, type OrganizationKind, OrganizationsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Segmented } from '../ui/Segmented'
import { KINDS } from './words'

const TYPING_PAUSE = 250
const MOST = 20
const FILTERS = { '': 'Toutes', ORGANISM: 'Organismes', PARTNER: 'Partenaires' } as const

interface Props {
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

/** For a platform: the organizations that it works with, by name or number. */
export function OrganizationChooser({ onChoose, onClose }: Props) {
  const [text, setText] = useState('')
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<keyof typeof FILTERS>('')
  const [{ data: own }] = useQuery({ query: OrganizationCardDocument, variables: { id: null } })
  const platform = own?.organizationCard.platform
  const [{ data, error }] = useQuery({
    query: OrganizationsDocument,
    variables: {
      platform: platform ?? '',
      kind: (kind || null) as OrganizationKind | null,
      search: search || null,
      first: MOST,
    },
    pause: !platform,
  })
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  const found = data?.organizations
  return (
    <Dialog title="Choisir une organisation" onClose={onClose}>
      <div className="people-chooser">
        <TextField
          label="Nom ou SIREN"
          icon="search"
          type="search"
          autoComplete="off"
          value={text}
          onChange={({ target }) => setText(target.value)}
          data-autofocus
        />
        <Segmented label="Nature" options={FILTERS} value={kind} onChange={setKind} />
      </div>
      <ProblemAlert problem={problemOf(error)} />
      {!found && !error && <Loading label="Recherche…" />}
      {found && (
        <>
          <output className="muted">
            {plural(found.totalCount, 'organisation')}
            {found.totalCount > found.edges.length && `, dont les ${found.edges.length} premières`}
          </output>
          <ul className="people-choices">
            {found.edges.map(({ node }) => (
              <li key={node.id}>
                <button type="button" onClick={() => onChoose(node.id)}>
                  <span>
                    {node.name} {node.siren && <span className="muted numeric">{node.siren}</span>}
                  </span>
                  <Badge>{KINDS[node.kind]}</Badge>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
