import { type FormEvent, useState } from 'react'
import { type Client, useClient, useQuery } from 'urql'
import { Link, useLocation, useSearchParams } from 'wouter'
import {
  AccountChoicesDocument,
  type AccountChoicesQuery,
  AccountDocument,
  type AccountFieldsFragment,
  CreateUserDocument,
  DuplicateUserDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { NotFoundPage } from '../shell/NotFoundPage'
import { LeaveGuard } from '../shell/LeaveGuard'
import { usePageTitle } from '../shell/usePageTitle'
import { freshKey } from '../text/key'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { ErrorSummary } from '../ui/ErrorSummary'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AccountFields } from './AccountFields'
import type { Done } from './PeoplePage'
import { Refusal } from './Refusal'
import { nameOf } from './RightsSection'
import { type AccountForm, EMPTY, type Errors, copyOf, errorsOf, fieldOf, inputOf, validate } from './accountForm'
import { usersPlace } from './places'
import { useAct } from '../graphql/useAct'
import { useForm } from './useForm'
import './people.css'

type Card = AccountChoicesQuery['organizationCard']

/** A new user of an organization (manual §11.2.2). */
export function NewAccountPage() {
  const [search] = useSearchParams()
  const id = search.get('organisation')
  const [{ data, error }] = useQuery({ query: AccountChoicesDocument, variables: { id } })
  const { viewer } = useSession()
  if (data) {
    const card = data.organizationCard
    const isElsewhere = viewer?.organization.id !== card.id
    return <NewAccount {...{ card, isElsewhere }} start={{ ...EMPTY, delegatedAdministrator: isElsewhere }} />
  }
  return <Waiting problem={problemOf(error)} />
}

/** A new user with the rights of another (manual §11.2.3). */
export function CopiedAccountPage({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: AccountDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) return <Waiting problem={problem} />
  const { account } = data
  return <NewAccount card={account.organization} model={account} start={copyOf(account)} />
}

function Waiting({ problem }: { problem: ReturnType<typeof problemOf> }) {
  return (
    <div className="centered">
      {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de l’organisation…" />}
    </div>
  )
}

interface Props {
  readonly card: Card
  readonly start: AccountForm
  /** Whose rights the new user receives. */
  readonly model?: AccountFieldsFragment
  /** A platform opens the administrators of those that it works with, and nobody else. */
  readonly isElsewhere?: boolean
}

function NewAccount({ card, model, start, isElsewhere = false }: Props) {
  const title = model ? `Dupliquer ${nameOf(model)}` : isElsewhere ? 'Nouvel administrateur' : 'Nouvel utilisateur'
  usePageTitle(title)
  const client = useClient()
  const [, navigate] = useLocation()
  const { form, set, changed } = useForm(start)
  const [key, setKey] = useState(freshKey)
  const [errors, setErrors] = useState<Errors>({})
  const [tries, setTries] = useState(0)
  const { busy, problem, act, forget } = useAct()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = validate(form, true)
    setErrors(found)
    setTries(tries + 1)
    if (Object.keys(found).length > 0) return forget()
    const created = await act(async () => {
      const answer = await create(client, card, model, form, key)
      // What was refused is corrected and sent anew; without an answer, the same key makes nobody twice.
      if (answer.error?.graphQLErrors.length) setKey(freshKey())
      return answer
    })
    if (!created) return
    const state: Done = { account: created.id, name: nameOf(created) }
    navigate(usersPlace(card), { state })
  }
  return (
    <div className="page people">
      <LeaveGuard count={busy ? 0 : changed.length} />
      <p>
        <Link href={usersPlace(card)}>← Utilisateurs&nbsp;: {card.name}</Link>
      </p>
      <h1>{title}</h1>
      {model && (
        <Alert tone="info">
          <p>
            Le nouvel utilisateur recevra les mêmes droits que {nameOf(model)}, formulaire par formulaire. Vous pourrez
            les modifier ensuite.
          </p>
        </Alert>
      )}
      {isElsewhere && (
        <Alert tone="info">
          <p>
            Vous ouvrez le compte d’un administrateur pour {card.name}&nbsp;: il reçoit le profil d’administrateur, et
            crée lui-même les autres utilisateurs de son organisation.
          </p>
        </Alert>
      )}
      <form className="people-card stack people-form" noValidate onSubmit={(event) => void submit(event)}>
        {Object.keys(errors).length > 0 && <ErrorSummary key={tries} errors={errorsOf(errors)} />}
        <Refusal problem={problem} />
        <p className="muted">Les champs marqués d’une étoile sont obligatoires.</p>
        <AccountFields
          form={form}
          errors={{ ...errors, ...fieldOf(problem) }}
          choices={{ profiles: card.profiles, places: card.places }}
          isNew
          isRoleGiven={isElsewhere}
          onChange={set}
        />
        <div className="people-buttons">
          <Button type="submit" look="primary" busy={busy}>
            {model ? 'Créer avec les mêmes droits' : 'Créer l’utilisateur'}
          </Button>
          <Button onClick={() => navigate(usersPlace(card))}>Annuler</Button>
        </div>
      </form>
    </div>
  )
}

/** Sends what was typed; answers with the account, under one name for both ways. */
async function create(
  client: Client,
  { id: organization }: Card,
  model: AccountFieldsFragment | undefined,
  form: AccountForm,
  idempotencyKey: string,
) {
  const { password, passwordAgain } = form
  const typed = { login: form.login.trim(), password, passwordAgain, account: inputOf(form), idempotencyKey }
  if (model) {
    const { data, error } = await client.mutation(DuplicateUserDocument, { user: model.id, ...typed })
    return { data: data?.duplicateUser, error }
  }
  const { data, error } = await client.mutation(CreateUserDocument, { organization, ...typed })
  return { data: data?.createUser, error }
}
