import { useState } from 'react'
import { useQuery } from 'urql'
import { type ClientFieldsFragment, ClientsDocument, type OrganizationCardFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Explain } from '../rights/Explain'
import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { IconButton } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { of } from './words'

/** The systems of one's organization that sign in by token: read here, opened and closed by the platform. */
export function ClientsSection({ card }: { card: OrganizationCardFieldsFragment }) {
  const [{ data, error }] = useQuery({ query: ClientsDocument, variables: { id: card.id } })
  const [asked, setAsked] = useState<ClientFieldsFragment>()
  const clients = data?.organizationCard.clients
  return (
    <section className="people-section" aria-labelledby="applications">
      <h2 id="applications">Applications clientes</h2>
      <p className="muted">
        {card.kind === 'OPERATOR'
          ? 'Les systèmes qui se connectent par jeton pour votre organisation. Ils s’ouvrent, se ferment et changent de secret avec qui exploite le serveur.'
          : 'Les systèmes qui se connectent par jeton pour votre organisation. Pour en ouvrir ou en fermer un, en changer le secret ou les portées, adressez-vous à la plateforme.'}
      </p>
      <ProblemAlert problem={problemOf(error)} />
      {!clients && !error && <Loading label="Lecture des applications clientes…" />}
      {clients?.length === 0 && <p>Votre organisation n’a pas d’application cliente.</p>}
      {clients && clients.length > 0 && (
        <Scroller className="table-box people-table" label={`Applications clientes : ${card.name}`}>
          <table>
            <TableHead headings={['Nom', 'Identifiant', 'Portées', 'État']} hasActions />
            <tbody>
              {clients.map((client) => (
                <Row key={client.id} client={client} onAsk={setAsked} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {asked && <Explain whom={{ client: asked.id, name: asked.name }} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

function Row({ client, onAsk }: { client: ClientFieldsFragment; onAsk: (client: ClientFieldsFragment) => void }) {
  const { id, name, scopes, closedAt } = client
  return (
    <tr className={closedAt ? 'people-closed' : undefined}>
      <th scope="row">{name}</th>
      <td data-label="Identifiant">
        <code>{id}</code>
      </td>
      <td data-label="Portées">
        {scopes.length > 0 ? scopes.map(({ label }) => label).join(' · ') : <span className="muted">aucune</span>}
      </td>
      <td data-label="État">
        {closedAt ? (
          <Badge icon="lock">fermée le {formatDay(closedAt)}</Badge>
        ) : (
          <Badge tone="good" icon="check">
            ouverte
          </Badge>
        )}
      </td>
      <td className="people-actions">
        {!closedAt && (
          <IconButton icon="info" label={`Expliquer les droits ${of(name)}`} onClick={() => onAsk(client)} />
        )}
      </td>
    </tr>
  )
}
