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
import { problemOf } from '../graphql/problem'
import { useAct } from '../desk/useAct'
import { useSession } from '../session/session'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { freshKey } from '../text/key'
import { Button } from '../ui/Button'
import { SelectField, TextArea, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ArticleEditor } from './ArticleEditor'
import { Impact } from './ConventionImpact'
import { type ArticleDraft, type Convention, type ConventionDraft, draftOf, inputOf, newArticle } from './model'
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
  const [{ data, error }] = useQuery({ query: ConventionDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) return <Waiting problem={problem} />
  const { convention } = data
  return <WithChoices key={convention.revision} platform={convention.platform.code} convention={convention} />
}

function WithChoices({ platform, convention }: { platform: string; convention: Convention | undefined }) {
  const [{ data, error }] = useQuery({ query: ConventionChoicesDocument, variables: { platform } })
  if (!data) return <Waiting problem={problemOf(error)} />
  return <Editor choices={data.conventionChoices} {...{ platform, convention }} />
}

function Waiting({ problem }: { problem: ReturnType<typeof problemOf> }) {
  return (
    <div className="centered">
      {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de la convention…" />}
    </div>
  )
}

interface EditorProps {
  readonly platform: string
  readonly convention: Convention | undefined
  readonly choices: Choices
}

function Editor({ platform, convention, choices }: EditorProps) {
  const client = useClient()
  const [, navigate] = useLocation()
  const [draft, setDraft] = useState(() => draftOf(convention))
  const [measured, setMeasured] = useState<ReturnType<typeof inputOf>>()
  const [key] = useState(freshKey)
  const title = convention ? `Modifier « ${convention.title} »` : 'Nouvelle convention'
  usePageTitle(title)
  const back = convention ? `/conventions/${convention.id}` : '/conventions'
  const { busy, problem, act } = useAct(async () => {
    const input = inputOf(draft, platform)
    if (convention) {
      const { id, revision } = convention
      const { error } = await client.mutation(UpdateConventionDocument, { id, revision, convention: input })
      if (!error) navigate(back)
      return problemOf(error)
    }
    const { data, error } = await client.mutation(CreateConventionDocument, { convention: input, idempotencyKey: key })
    if (data) navigate(`/conventions/${data.createConvention.id}`, { replace: true })
    return problemOf(error)
  })
  const set = (change: Partial<ConventionDraft>) => {
    setMeasured(undefined)
    setDraft((known) => ({ ...known, ...change }))
  }
  return (
    <form
      className="conventions"
      onSubmit={(event) => {
        event.preventDefault()
        act()
      }}
    >
      <p>
        <Link href={back}>← {convention ? convention.title : 'Conventions'}</Link>
      </p>
      <h1>{title}</h1>
      <Terms draft={draft} partners={choices.partners} set={set} />
      <Articles {...{ draft, set, choices, platform }} />
      {measured && (
        <section className="conventions-card" aria-labelledby="impact">
          <h2 id="impact">Effet sur les dossiers d’aujourd’hui</h2>
          <Impact id={convention?.id} input={measured} />
        </section>
      )}
      <ProblemAlert problem={problem} />
      <div className="conventions-actions conventions-foot">
        <Button look="primary" type="submit" busy={busy}>
          {convention ? 'Enregistrer' : 'Enregistrer le brouillon'}
        </Button>
        <Button icon="eye" onClick={() => setMeasured(inputOf(draft, platform))}>
          Mesurer l’effet
        </Button>
        <Button look="quiet" onClick={() => navigate(back)}>
          Annuler
        </Button>
      </div>
    </form>
  )
}

interface TermsProps {
  readonly draft: ConventionDraft
  readonly partners: Choices['partners']
  readonly set: (change: Partial<ConventionDraft>) => void
}

function Terms({ draft, partners, set }: TermsProps) {
  return (
    <section className="conventions-card" aria-labelledby="terms">
      <h2 id="terms">Parties, objet et durée</h2>
      <div className="conventions-fields">
        <SelectField
          label="Partenaire"
          required
          value={draft.partner}
          onChange={({ target }) => set({ partner: target.value })}
        >
          <option value="">Choisissez</option>
          {partners.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Intitulé"
          required
          maxLength={200}
          value={draft.title}
          onChange={({ target }) => set({ title: target.value })}
        />
        <TextField
          label="Du"
          type="date"
          required
          value={draft.since}
          onChange={({ target }) => set({ since: target.value })}
        />
        <TextField
          label="Au"
          type="date"
          required
          value={draft.until}
          onChange={({ target }) => set({ until: target.value })}
        />
      </div>
      <TextArea label="Objet" value={draft.purpose} onChange={({ target }) => set({ purpose: target.value })} />
    </section>
  )
}

interface ArticlesProps {
  readonly draft: ConventionDraft
  readonly choices: Choices
  readonly platform: string
  readonly set: (change: Partial<ConventionDraft>) => void
}

function Articles({ draft: { articles }, choices, platform, set }: ArticlesProps) {
  const change = (article: ArticleDraft, to: Partial<ArticleDraft>) =>
    set({ articles: articles.map((one) => (one === article ? { ...one, ...to } : one)) })
  return (
    <section className="conventions-section" aria-labelledby="articles">
      <h2 id="articles">Articles</h2>
      {articles.map((article) => (
        <ArticleEditor
          key={article.id}
          {...{ article, choices, platform }}
          onChange={(to) => change(article, to)}
          onRemove={
            articles.length > 1 ? () => set({ articles: articles.filter((one) => one !== article) }) : undefined
          }
        />
      ))}
      <Button icon="plus" onClick={() => set({ articles: [...articles, newArticle(`art. ${articles.length + 1}`)] })}>
        Ajouter un article
      </Button>
    </section>
  )
}
