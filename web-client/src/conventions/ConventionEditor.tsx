import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { Link, useLocation } from 'wouter'
import {
  ConventionChoicesDocument,
  type ConventionChoicesQuery,
  ConventionDocument,
  CreateConventionDocument,
  UpdateConventionDocument,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { isConflict, useAct } from '../graphql/useAct'
import { Refusal } from '../people/Refusal'
import { useSession } from '../session/session'
import { LeaveGuard } from '../shell/LeaveGuard'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { freshKey } from '../text/key'
import { Button } from '../ui/Button'
import { ErrorSummary } from '../ui/ErrorSummary'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Articles } from './Articles'
import { Impact } from './ConventionImpact'
import { FIELDS, Terms } from './ConventionTerms'
import { type Convention, type ConventionDraft, type Fault, draftOf, faultsOf, inputOf, saidAt } from './model'
import { Overtaken } from './Overtaken'
import '../ui/table.css'
import './conventions.css'

export type Choices = ConventionChoicesQuery['conventionChoices']

/** A new convention: a draft, which opens nothing before it is put in force. */
export function NewConventionPage() {
  const { viewer } = useSession()
  const platform = viewer?.organization.key.split(':')[1] ?? ''
  return <WithChoices platform={platform} convention={undefined} />
}

/** A convention as it stands, to be changed. */
export function EditConventionPage({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({ query: ConventionDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) return <Waiting problem={problem} />
  const { convention } = data
  return (
    <WithChoices
      platform={convention.platform.code}
      convention={convention}
      onStale={() => ask({ requestPolicy: 'network-only' })}
    />
  )
}

interface Opened {
  readonly platform: string
  /** As it is saved now. */
  readonly convention: Convention | undefined
  /** Someone else has saved it since it was read. */
  readonly onStale?: () => void
}

function WithChoices(props: Opened) {
  const [{ data, error }] = useQuery({ query: ConventionChoicesDocument, variables: { platform: props.platform } })
  if (!data) return <Waiting problem={problemOf(error)} />
  return <Editor choices={data.conventionChoices} {...props} />
}

function Waiting({ problem }: { problem: Problem | undefined }) {
  return (
    <div className="centered">
      {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de la convention…" />}
    </div>
  )
}

function Editor({ platform, convention, choices, onStale }: Opened & { choices: Choices }) {
  // What the draft was made from; what is saved may become newer while one writes.
  const [base, setBase] = useState(convention)
  const [draft, setDraft] = useState(() => draftOf(convention))
  const [measured, setMeasured] = useState<ReturnType<typeof inputOf>>()
  const [tries, setTries] = useState(0)
  const { problem, busy, save, forget } = useSave(base?.id, onStale)
  const title = base ? `Modifier «\u00a0${base.title}\u00a0»` : 'Nouvelle convention'
  usePageTitle(title)
  const faults = faultsOf(problem)
  const isOvertaken = convention !== undefined && convention.revision !== base?.revision
  const set = (change: Partial<ConventionDraft>) => {
    setMeasured(undefined)
    // The faults name articles by their place.
    if (change.articles && change.articles.length !== draft.articles.length) forget()
    setDraft((known) => ({ ...known, ...change }))
  }
  // What is in force opens dossiers: what its change does is read before it is kept.
  const isUnmeasured = base !== undefined && base.state !== 'DRAFT' && !measured
  const submit = () => {
    if (isUnmeasured) return setMeasured(inputOf(draft, platform))
    setTries(tries + 1)
    void save(inputOf(draft, platform), base?.revision)
  }
  const take = (theirs: Convention, change: Partial<ConventionDraft>) => {
    setBase(theirs)
    set(change)
    forget()
  }
  return (
    <form
      className="page conventions"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <LeaveGuard count={!busy && isChanged(draft, base, platform) ? 1 : 0} />
      <p>
        <Link href={backOf(base?.id)}>← {base ? base.title : 'Conventions'}</Link>
      </p>
      <h1>{title}</h1>
      {faults.length > 0 && <ErrorSummary key={tries} errors={labelled(faults, draft)} />}
      <Terms {...{ draft, faults, set }} partners={choices.partners} />
      <Articles {...{ draft, faults, set, choices, platform }} />
      {measured && <Measured id={base?.id} input={measured} />}
      {faults.length === 0 && !isOvertaken && <Refusal problem={problem} />}
      {isOvertaken && !busy && (
        <Overtaken
          convention={convention}
          onKeep={() => take(convention, {})}
          onTake={() => take(convention, draftOf(convention))}
        />
      )}
      <div className="conventions-actions conventions-foot">
        <Button look="primary" type="submit" busy={busy} disabled={isOvertaken}>
          {isUnmeasured ? 'Voir l’effet, puis enregistrer' : base ? 'Enregistrer' : 'Enregistrer le brouillon'}
        </Button>
        <Button icon="eye" onClick={() => setMeasured(inputOf(draft, platform))}>
          Mesurer l’effet
        </Button>
        <Link className="button button-quiet" href={backOf(base?.id)}>
          Annuler
        </Link>
      </div>
    </form>
  )
}

function useSave(id: string | undefined, onStale: (() => void) | undefined) {
  const client = useClient()
  const [, navigate] = useLocation()
  const [key] = useState(freshKey)
  const { busy, problem, act, forget } = useAct()
  const save = (convention: ReturnType<typeof inputOf>, revision = 0) =>
    act<unknown>(async () => {
      if (!id) {
        const made = await client.mutation(CreateConventionDocument, { convention, idempotencyKey: key }).toPromise()
        if (made.data) navigate(backOf(made.data.createConvention.id), { replace: true })
        return made
      }
      const saved = await client.mutation(UpdateConventionDocument, { id, revision, convention }).toPromise()
      if (saved.data) navigate(backOf(id))
      if (isConflict(problemOf(saved.error))) onStale?.()
      return saved
    })
  return { busy, problem, save, forget }
}

const takeFocus = (section: HTMLElement | null) => section?.focus()

function Measured({ id, input }: { id: string | undefined; input: ReturnType<typeof inputOf> }) {
  return (
    <section ref={takeFocus} tabIndex={-1} className="conventions-card" aria-labelledby="impact">
      <h2 id="impact">Effet sur les dossiers d’aujourd’hui</h2>
      <Impact id={id} input={input} />
    </section>
  )
}

function backOf(id: string | undefined): string {
  return id ? `/conventions/${id}` : '/conventions'
}

function isChanged(draft: ConventionDraft, base: Convention | undefined, platform: string): boolean {
  return JSON.stringify(inputOf(draft, platform)) !== JSON.stringify(inputOf(draftOf(base), platform))
}

/** One line for each field at fault, named as on the screen. */
function labelled(faults: readonly Fault[], { articles }: ConventionDraft) {
  return [...new Set(faults.map(({ name }) => name))].map((name) => {
    const [head = '', place, field = ''] = name.split('.')
    const article = place === undefined ? '' : `Article ${articles[Number(place)]?.number ?? ''}, `
    return { name, label: article + (FIELDS[field || head] ?? head), message: saidAt(faults, name) ?? '' }
  })
}
