import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useSearchParams } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { OrganizationCardDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ClientsSection } from './ClientsSection'
import { OrganizationChooser } from './OrganizationChooser'
import { OrganizationSection } from './OrganizationSection'
import { UsersSection } from './UsersSection'
import { KINDS, of } from './words'
import '../ui/table.css'
import './people.css'

/** What a screen may say once it has led back here. */
export interface Done {
  readonly account: string
  readonly name: string
}

/** « Droits d’accès » (manual §11.2): the organization's card, then its users. */
export function PeoplePage() {
  usePageTitle('Paramétrage')
  const { viewer } = useSession()
  const [search, setSearch] = useSearchParams()
  const [isChoosing, setChoosing] = useState(false)
  const done = useHistoryState<Done | null>()
  const id = search.get('organisation')
  const [{ data, error }, read] = useQuery({ query: OrganizationCardDocument, variables: { id } })
  const card = data?.organizationCard
  const isOperator = viewer?.kind === 'OPERATOR'
  return (
    <div className="page people">
      <header className="people-bar">
        <div>
          <h1>Paramétrage</h1>
          {card && (
            <p className="row">
              <strong>{card.name}</strong> <Badge>{KINDS[card.kind]}</Badge>
              {viewer?.organization.id === card.id && <Badge tone="info">la vôtre</Badge>}
            </p>
          )}
        </div>
        <div className="row">
          {card && (
            <Link href={`/parametrage/profils?organisation=${card.id}`} className="button button-secondary">
              Profils
            </Link>
          )}
          {isOperator && (
            <Button icon="search" onClick={() => setChoosing(true)}>
              Choisir une organisation
            </Button>
          )}
        </div>
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {done?.account && (
        <Alert tone="good">
          <p>
            Le compte <Link href={`/parametrage/utilisateurs/${done.account}`}>{of(done.name)}</Link> est créé.
            Communiquez-lui son identifiant et son mot de passe.
          </p>
        </Alert>
      )}
      {!card && !error && <Loading label="Lecture du paramétrage…" />}
      {card && (
        <>
          <OrganizationSection key={card.id} card={card} onRefresh={() => read({ requestPolicy: 'network-only' })} />
          <UsersSection key={`${card.id} utilisateurs`} card={card} />
          {/* Whoever works for the platform manages the administrators of others, and nothing else of theirs. */}
          {card.editable && viewer?.organization.id === card.id && <ClientsSection card={card} />}
        </>
      )}
      {isChoosing && (
        <OrganizationChooser
          onClose={() => setChoosing(false)}
          onChoose={(chosen) => {
            setChoosing(false)
            setSearch({ organisation: chosen })
          }}
        />
      )}
    </div>
  )
}
