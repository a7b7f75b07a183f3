import { useEffect } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { DossierPageHead } from '../dossier/DossierPageHead'
import { DossierCopiesDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { isPresent } from '../session/presence'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { CopyCard } from './CopyCard'
import './copies.css'

const PERIOD = 2000

/** The sealed copies of a dossier: what it held when it was transmitted, then closed. */
export function CopiesPage({ id }: { id: string }) {
  usePageTitle('Copies scellées')
  const [{ data, error }, ask] = useQuery({ query: DossierCopiesDocument, variables: { id } })
  const problem = problemOf(error)
  const dossier = data?.dossier
  const isMaking = dossier?.copies.some((copy) => !copy.ready) ?? false
  useEffect(() => {
    if (!isMaking) return undefined
    const timer = setInterval(() => isPresent() && ask({ requestPolicy: 'network-only' }), PERIOD)
    return () => clearInterval(timer)
  }, [isMaking, ask])
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  return (
    <div className="page copies">
      <DossierPageHead {...{ id, dossier }} title="Copies scellées">
        <p className="muted">
          Le dossier entier, tel qu’il a été transmis puis fermé&nbsp;: XML, PDF, valeurs, anomalies et pièces par leurs
          empreintes, sous un sceau qui change dès qu’un seul octet change.
        </p>
      </DossierPageHead>
      <ProblemAlert problem={problem} />
      {!dossier && !problem && <Loading label="Lecture des copies…" />}
      {dossier?.copies.length === 0 && (
        <p className="empty-list">
          {dossier.transmittedAt
            ? 'Ce dossier a été transmis avant que les copies scellées n’existent.'
            : 'Pas encore de copie\u00a0: la première est scellée à la transmission.'}
        </p>
      )}
      <ol className="copy-list">
        {dossier?.copies.map((copy) => (
          <CopyCard key={copy.id} copy={copy} />
        ))}
      </ol>
      {dossier?.transmittedAt && (
        <p className="row">
          <Link href={`/dossiers/${id}/ecarts`} className="button button-secondary">
            <Icon name="compare" />
            <span>Ce qui a changé depuis la transmission</span>
          </Link>
          <Link href="/acces-direct" className="button button-quiet">
            <Icon name="archive" />
            <span>Accès direct</span>
          </Link>
        </p>
      )}
      <HowToVerify />
    </div>
  )
}

function HowToVerify() {
  return (
    <details className="copies-how">
      <summary>Comment vérifier une copie</summary>
      <ol>
        <li>Téléchargez l’archive, et l’accusé de réception qui porte son sceau.</li>
        <li>
          Sur un poste où Harmonia est installé, sans réseau ni base de données, lancez{' '}
          <code>python -m gql verify-seal COPIE.zip</code>. Pour deux copies d’un dossier, donnez-les dans
          l’ordre&nbsp;: leur chaîne est vérifiée aussi.
        </li>
        <li>Le sceau affiché doit être celui de l’accusé de réception et de cette page.</li>
        <li>
          Le PDF scellé et l’accusé de réception se vérifient aussi seuls, par leur signature, dans un lecteur de PDF
          qui montre les signatures.
        </li>
      </ol>
    </details>
  )
}
