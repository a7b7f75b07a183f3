import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { ConventionDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { formatDay, formatMoment } from '../text/dates'
import { formatSize, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ArticleView } from './ArticleView'
import { ConventionDialogs, type OpenConventionDialog } from './ConventionDialogs'
import { ConventionHeader } from './ConventionHeader'
import type { Convention } from './model'
import { useReach } from './useReach'
import '../ui/table.css'
import './conventions.css'

/** One convention: what it says, whom it reaches, what became of it. */
export function ConventionPage({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: ConventionDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de la convention…" />}
      </div>
    )
  }
  return <OpenConvention convention={data.convention} />
}

function OpenConvention({ convention }: { convention: Convention }) {
  const [dialog, setDialog] = useState<OpenConventionDialog>()
  usePageTitle(convention.title)
  return (
    <div className="page conventions">
      <p>
        <Link href="/conventions">← Conventions</Link>
      </p>
      <ConventionHeader convention={convention} onOpen={setDialog} />
      <Notices convention={convention} />
      {convention.purpose && (
        <section className="conventions-card" aria-labelledby="purpose">
          <h2 id="purpose">Objet</h2>
          <p className="conventions-text">{convention.purpose}</p>
        </section>
      )}
      <section className="conventions-section" aria-labelledby="articles">
        <h2 id="articles">Articles</h2>
        {convention.articles.map((article) => (
          <ArticleView key={article.number} article={article} />
        ))}
      </section>
      <div className="conventions-pair">
        <Reach convention={convention} />
        <SignedText convention={convention} />
      </div>
      <History convention={convention} />
      {dialog && <ConventionDialogs open={dialog} convention={convention} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function Notices({ convention }: { convention: Convention }) {
  const { contradictions, suspendedSince, suspendedUntil, renews, state, waitingProposal } = convention
  return (
    <>
      {waitingProposal && (
        <Alert tone="info" title="Un changement attend une seconde signature.">
          <p>
            La convention reste telle quelle jusque-là. Un autre administrateur de la plateforme le signe ou le refuse
            aux <Link href="/droits">Droits</Link>.
          </p>
        </Alert>
      )}
      {suspendedSince && (
        <Alert tone="warn" title={state === 'SUSPENDED' ? 'Convention suspendue' : 'Suspension prévue'}>
          <p>
            Rien n’est ouvert à compter du {formatDay(suspendedSince)}
            {suspendedUntil ? `, jusqu’au ${formatDay(suspendedUntil)} inclus.` : ', jusqu’à sa reprise.'}
          </p>
        </Alert>
      )}
      {contradictions.length > 0 && (
        <Alert tone="warn" title={plural(contradictions.length, 'contradiction')}>
          <ul className="conventions-list">
            {contradictions.map(({ article, other, sentence }) => (
              <li key={`${article} ${other}`}>{sentence}</li>
            ))}
          </ul>
        </Alert>
      )}
      {renews && (
        <p>
          Renouvelle <Link href={`/conventions/${renews.id}`}>{renews.title}</Link>.
        </p>
      )}
    </>
  )
}

function Reach({ convention: { id, lineCount } }: { convention: Convention }) {
  const { reach, problem } = useReach(id)
  return (
    <section className="conventions-card" aria-labelledby="reach">
      <h2 id="reach">Portée aujourd’hui</h2>
      <ProblemAlert problem={problem} />
      {!reach && !problem && <Loading label="Décompte…" />}
      {reach && (
        <ul className="conventions-figures">
          <li>{plural(reach.organisms, 'organisme')}</li>
          <li>{plural(reach.dossiers, 'dossier')}</li>
          <li>{plural(reach.users, 'compte du partenaire', 'comptes du partenaire')}</li>
          <li>{plural(lineCount, 'règle')}</li>
        </ul>
      )}
    </section>
  )
}

function SignedText({ convention: { id, signed } }: { convention: Convention }) {
  return (
    <section className="conventions-card" aria-labelledby="signed">
      <h2 id="signed">Texte signé</h2>
      {!signed && <p className="muted">Aucun texte signé n’est joint.</p>}
      {signed && (
        <>
          <p>
            <a className="download-link" href={`/conventions/${id}/signed.pdf`} download>
              <Icon name="file" size={16} /> {signed.name} ({formatSize(signed.size)})
            </a>
          </p>
          <p className="muted">
            Joint le {formatMoment(signed.at)} · empreinte{' '}
            <code title={signed.sha256}>{signed.sha256.slice(0, 12)}…</code>
          </p>
        </>
      )}
    </section>
  )
}

function History({ convention: { history } }: { convention: Convention }) {
  return (
    <section className="conventions-section" aria-labelledby="history">
      <h2 id="history">Historique</h2>
      <ol className="conventions-history" reversed>
        {history.map(({ revision, label, at, author }) => (
          <li key={revision}>
            <strong>{label}</strong>
            <span className="muted">
              {formatMoment(at)}
              {author && `, ${author}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
