import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { AccountRowFieldsFragment, OrganizationCardFieldsFragment } from '../gen/graphql'
import { Explain } from '../rights/Explain'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { Segmented } from '../ui/Segmented'
import { CloseDialog } from './CloseDialog'
import { PasswordDialog } from './PasswordDialog'
import { ReopenDialog } from './ReopenDialog'
import { nameOf } from './RightsSection'
import { UserRows } from './UserRows'
import { of } from './words'

const TYPING_PAUSE = 250
const STATES = { open: 'En service', closed: 'Fermés' } as const

export type Account = AccountRowFieldsFragment
export interface Asked {
  readonly what: 'password' | 'close' | 'explain' | 'reopen'
  readonly account: Account
}

/** The users of an organization: found by what is typed, the closed ones apart. */
export function UsersSection({ card }: { card: OrganizationCardFieldsFragment }) {
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [search, setSearch] = useState('')
  const [state, setState] = useState<keyof typeof STATES>('open')
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  const [asked, setAsked] = useState<Asked>()
  const [done, setDone] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(text.trim())
      setPages([null])
    }, TYPING_PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  const close = () => setAsked(undefined)
  return (
    <section className="people-section" aria-labelledby="utilisateurs">
      <header className="people-bar">
        <h2 id="utilisateurs">Utilisateurs</h2>
        {card.editable && (
          <Button
            look="primary"
            icon="userPlus"
            onClick={() => navigate(`/parametrage/utilisateurs/nouveau?organisation=${card.id}`)}
          >
            Ajouter un utilisateur
          </Button>
        )}
      </header>
      <div className="people-filters">
        <TextField
          label="Filtrer les utilisateurs"
          icon="search"
          type="search"
          placeholder="Nom, identifiant, service…"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Segmented
          label="Comptes"
          options={STATES}
          value={state}
          onChange={(next) => {
            setState(next)
            setPages([null])
          }}
        />
      </div>
      {done && (
        <Alert tone="good" onClose={() => setDone(undefined)}>
          <p>{done}</p>
        </Alert>
      )}
      <Scroller className="table-box people-table" label={`Utilisateurs : ${card.name}`}>
        <table>
          <TableHead
            headings={['Nom', 'Identifiant', 'Profil par défaut', 'Contact privilégié', 'Administrateur', 'État']}
            hasActions
          />
          {pages.map((after, at) => (
            <UserRows
              key={after ?? ''}
              {...{ card, after, search }}
              closed={state === 'closed'}
              isLast={at === pages.length - 1}
              onMore={(next) => setPages([...pages, next])}
              onAsk={setAsked}
            />
          ))}
        </table>
      </Scroller>
      {asked?.what === 'password' && (
        <PasswordDialog
          account={asked.account}
          onClose={close}
          onDone={() => setDone(`Le mot de passe ${of(nameOf(asked.account))} est changé : communiquez-le-lui.`)}
        />
      )}
      {asked?.what === 'explain' && (
        <Explain whom={{ user: asked.account.id, name: nameOf(asked.account) }} onClose={close} />
      )}
      {asked?.what === 'reopen' && (
        <ReopenDialog
          account={asked.account}
          onClose={close}
          onDone={() =>
            setDone(`Le compte ${of(nameOf(asked.account))} est rouvert : communiquez-lui son mot de passe.`)
          }
        />
      )}
      {asked?.what === 'close' && <CloseDialog account={asked.account} onClose={close} />}
    </section>
  )
}
