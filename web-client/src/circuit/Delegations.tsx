import { type RefCallback, useRef, useState } from 'react'
import { useQuery } from 'urql'
import type { DossierData } from '../dossier/useDossier'
import { type DelegationFieldsFragment, DelegationsDocument, RevokeDelegationDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { useFocusAfter } from '../ui/useFocusAfter'
import { DelegateDialog } from './DelegateDialog'

/** Who answers in one's place, and in whose place one answers oneself. */
export function Delegations({ dossier }: { dossier: DossierData }) {
  const [isAsking, setAsking] = useState(false)
  const [{ data, error }, read] = useQuery({ query: DelegationsDocument, requestPolicy: 'cache-and-network' })
  const heading = useRef<HTMLHeadingElement>(null)
  const leaving = useFocusAfter(heading)
  const renew = () => read({ requestPolicy: 'network-only' })
  const rows = data?.delegations.filter(({ revokedAt }) => !revokedAt) ?? []
  return (
    <section className="stack-tight">
      <h3 ref={heading} tabIndex={-1}>
        Mes délégations
      </h3>
      <ProblemAlert problem={problemOf(error)} />
      {data && rows.length === 0 && (
        <p className="muted">Personne ne répond aux visas à votre place, et vous ne répondez pour personne.</p>
      )}
      <ul className="stack-tight">
        {rows.map((row) => (
          <Row key={row.id} {...{ row, leaving }} onDone={renew} />
        ))}
      </ul>
      <p>
        <Button icon="plus" onClick={() => setAsking(true)}>
          Déléguer mes visas
        </Button>
      </p>
      {isAsking && (
        <DelegateDialog
          {...{ dossier }}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            renew()
          }}
        />
      )}
    </section>
  )
}

interface RowProps {
  readonly row: DelegationFieldsFragment
  readonly leaving: RefCallback<HTMLElement>
  readonly onDone: () => void
}

function Row({ row, leaving, onDone }: RowProps) {
  const { id, mine, holder, delegate, platform, form, since, until, inForce } = row
  const { send, busy, problem } = useOnce()
  const revoke = async () => {
    if (await send(RevokeDelegationDocument, { delegation: id })) onDone()
  }
  return (
    <li ref={leaving} className="row" data-delegation={id}>
      <ProblemAlert problem={problem} />
      <p>
        {mine ? (
          <>
            <strong>{delegate.name}</strong> répond à votre place
          </>
        ) : (
          <>
            Vous répondez à la place de <strong>{holder.name}</strong>
          </>
        )}{' '}
        – {platform} {form ?? '(tous les formulaires)'}, du {formatDay(since)} au {formatDay(until)}{' '}
        {inForce ? <Badge tone="good">En vigueur</Badge> : <Badge>Pas en vigueur</Badge>}
      </p>
      {mine && (
        <Button look="quiet" busy={busy} onClick={() => void revoke()}>
          Retirer<span className="visually-hidden"> la délégation à {delegate.name}</span>
        </Button>
      )}
    </li>
  )
}
