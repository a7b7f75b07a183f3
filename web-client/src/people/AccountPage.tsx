import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useLocation } from 'wouter'
import { AccountDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { NotFoundPage } from '../shell/NotFoundPage'
import { useSession } from '../session/session'
import { usePageTitle } from '../shell/usePageTitle'
import { formatDay } from '../text/dates'
import { Explain } from '../rights/Explain'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AccountSection } from './AccountSection'
import { CloseDialog } from './CloseDialog'
import { PasswordDialog } from './PasswordDialog'
import { type OpenAccount, RightsSection, nameOf } from './RightsSection'
import { isExplained, usersPlace } from './places'
import './people.css'

/** One user: who it is, then what he may do on each form. */
export function AccountPage({ id }: { id: string }) {
  const [{ data, error }, read] = useQuery({ query: AccountDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture du compte…" />}
      </div>
    )
  }
  return <Open account={data.account} onRefresh={() => read({ requestPolicy: 'network-only' })} />
}

function Open({ account, onRefresh }: { account: OpenAccount; onRefresh: () => void }) {
  usePageTitle(nameOf(account))
  return (
    <div className="page people">
      <p>
        <Link href={usersPlace(account.organization)}>← Utilisateurs&nbsp;: {account.organization.name}</Link>
      </p>
      <Header account={account} />
      {account.refusal && (
        <Alert tone="info">
          <p>{account.refusal}</p>
        </Alert>
      )}
      <AccountSection key={account.id} {...{ account, onRefresh }} />
      <RightsSection key={`${account.id} droits`} {...{ account, onRefresh }} />
    </div>
  )
}

function Header({ account }: { account: OpenAccount }) {
  const [dialog, setDialog] = useState<'password' | 'close' | 'explain'>()
  const [isDone, setDone] = useState(false)
  const { viewer } = useSession()
  const mayChange = account.editable && !account.closedAt
  const close = () => setDialog(undefined)
  return (
    <>
      <header className="people-bar">
        <div>
          <h1>
            {nameOf(account)} {account.isMe && <Badge tone="info">vous</Badge>}{' '}
            {account.closedAt && <Badge icon="lock">compte fermé le {formatDay(account.closedAt)}</Badge>}{' '}
            {account.delegatedAdministrator && (
              <Badge tone="good" icon="shield">
                administrateur délégué
              </Badge>
            )}
          </h1>
          <p className="muted">Identifiant&nbsp;: {account.login}</p>
        </div>
        <div className="row">
          {isExplained(account, viewer, account.organization.id) && (
            <Button icon="info" onClick={() => setDialog('explain')}>
              Expliquer ses droits…
            </Button>
          )}
          {mayChange && <Acts account={account} onAsk={setDialog} />}
        </div>
      </header>
      {isDone && (
        <Alert tone="good" onClose={() => setDone(false)}>
          <p>Le mot de passe est changé. Communiquez-le vous-même&nbsp;: Harmonia ne peut pas le relire.</p>
        </Alert>
      )}
      {dialog === 'password' && <PasswordDialog account={account} onClose={close} onDone={() => setDone(true)} />}
      {dialog === 'explain' && <Explain whom={{ user: account.id, name: nameOf(account) }} onClose={close} />}
      {dialog === 'close' && <CloseDialog account={account} onClose={close} />}
    </>
  )
}

function Acts({ account, onAsk }: { account: OpenAccount; onAsk: (what: 'password' | 'close') => void }) {
  const [, navigate] = useLocation()
  return (
    <>
      <Button icon="copy" onClick={() => navigate(`/parametrage/utilisateurs/${account.id}/dupliquer`)}>
        Dupliquer
      </Button>
      <Button icon="key" onClick={() => onAsk('password')}>
        Mot de passe
      </Button>
      <Button icon="lock" onClick={() => onAsk('close')}>
        Fermer le compte
      </Button>
    </>
  )
}
