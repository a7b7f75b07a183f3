import { useQuery } from 'urql'
import { Link } from 'wouter'
import { AccountsDocument, type OrganizationCardFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { nameOf } from './RightsSection'
import { isExplained } from './places'
import { of } from './words'
import type { Account, Asked } from './UsersSection'

const PAGE = 50
const COLUMNS = 7

interface Props {
  readonly card: OrganizationCardFieldsFragment
  readonly after: string | null
  readonly search: string
  readonly closed: boolean
  readonly isLast: boolean
  readonly onMore: (after: string) => void
  readonly onAsk: (asked: Asked) => void
}

/** One page of the table. */
export function UserRows({ card, after, search, closed, isLast, onMore, onAsk }: Props) {
  const variables = { id: card.id, first: PAGE, after, search: search || null, closed }
  const [{ data, error }] = useQuery({ query: AccountsDocument, variables })
  const found = data?.organizationCard.accounts
  const next = found?.pageInfo.hasNextPage && found.pageInfo.endCursor
  return (
    <tbody>
      {found?.edges.map(({ node }) => (
        <Row key={node.id} account={node} card={card} onAsk={onAsk} />
      ))}
      {(!found || (isLast && (next || found.totalCount === 0))) && (
        <tr>
          <td colSpan={COLUMNS} className="people-more">
            <ProblemAlert problem={problemOf(error)} />
            {!found && !error && <Loading label="Lecture des utilisateurs…" />}
            {found?.totalCount === 0 && (search ? 'Aucun utilisateur ne correspond.' : 'Aucun utilisateur.')}
            {next && <Button onClick={() => onMore(next)}>Afficher la suite</Button>}
          </td>
        </tr>
      )}
    </tbody>
  )
}

function Row({ account, card, onAsk }: { account: Account; onAsk: Props['onAsk']; card: Props['card'] }) {
  const { viewer } = useSession()
  const name = nameOf(account)
  const isElsewhere = viewer?.organization.id !== card.id
  // A platform closes the administrators of those that it works with, and changes nothing else of theirs.
  const mayExplain = isExplained(account, viewer, card.id)
  const mayClose = !account.closedAt && !account.isMe && (account.editable || isElsewhere)
  return (
    <tr className={account.closedAt ? 'people-closed' : undefined}>
      <th scope="row">
        <Link href={`/parametrage/utilisateurs/${account.id}`}>{name}</Link>{' '}
        {account.isMe && <Badge tone="info">vous</Badge>}
      </th>
      <td data-label="Identifiant">{account.login}</td>
      <td data-label="Profil">{account.defaultProfile?.label ?? <span className="muted">aucun</span>}</td>
      <td data-label="Contact privilégié">
        {account.contactOf.length > 0 ? account.contactOf.join(', ') : <span className="muted">non</span>}
      </td>
      <td data-label="Administrateur">
        {account.delegatedAdministrator ? (
          <Badge tone="good" icon="shield">
            délégué
          </Badge>
        ) : (
          <span className="muted">non</span>
        )}
      </td>
      <td data-label="État">
        {account.closedAt ? (
          <Badge icon="lock">fermé le {formatDay(account.closedAt)}</Badge>
        ) : (
          <Badge tone="good" icon="check">
            ouvert
          </Badge>
        )}
      </td>
      <td className="people-actions">
        {mayExplain && (
          <IconButton
            icon="info"
            label={`Expliquer les droits ${of(name)}`}
            onClick={() => onAsk({ what: 'explain', account })}
          />
        )}
        {account.editable && (
          <>
            <Link
              href={`/parametrage/utilisateurs/${account.id}/dupliquer`}
              className="icon-button"
              aria-label={`Dupliquer ${name}`}
              title={`Dupliquer ${name}`}
            >
              <Icon name="copy" />
            </Link>
            <IconButton
              icon="key"
              label={`Changer le mot de passe ${of(name)}`}
              onClick={() => onAsk({ what: 'password', account })}
            />
          </>
        )}
        {mayClose && (
          <IconButton
            icon="lock"
            label={`Fermer le compte ${of(name)}`}
            onClick={() => onAsk({ what: 'close', account })}
          />
        )}
        {account.closedAt && card.editable && (
          <IconButton
            icon="refresh"
            label={`Rouvrir le compte ${of(name)}`}
            onClick={() => onAsk({ what: 'reopen', account })}
          />
        )}
      </td>
    </tr>
  )
}
