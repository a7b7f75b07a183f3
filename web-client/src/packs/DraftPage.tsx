import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useLocation } from 'wouter'
import {
  PackDraftDocument,
  type PackDraftFieldsFragment,
  type PackDraftQuery,
  PackReviewDocument,
  type PackReviewQuery,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Alert } from '../ui/Alert'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { DifferenceSection } from './DifferenceSection'
import { DraftHeader } from './DraftHeader'
import { DraftDialogs, type OpenDraftDialog } from './DraftDialogs'
import { FilesSection, type Place } from './FilesSection'
import { FindingsSection } from './FindingsSection'
import { TestsSection } from './TestsSection'
import { TrialSection } from './TrialSection'
import { revisionName } from './words'
import '../ui/table.css'
import './packs.css'

export type Draft = PackDraftFieldsFragment
export type Reading = PackDraftQuery['packDraft']
export type Review = PackReviewQuery['packDraft']

/** One revision under way: what is wrong with it, what it changes, what it would do; then its publication. */
export function DraftPage({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: PackDraftDocument, variables: { id } })
  const problem = problemOf(error)
  if (problem?.code === 'PACK_DRAFT_UNKNOWN') return <NotFoundPage message={problem.message} />
  if (!data) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture du brouillon…" />}
      </div>
    )
  }
  return <OpenDraft draft={data.packDraft} />
}

function OpenDraft({ draft }: { draft: Reading }) {
  const [{ data, error }] = useQuery({ query: PackReviewDocument, variables: { id: draft.id } })
  const [dialog, setDialog] = useState<OpenDraftDialog>()
  const [place, setPlace] = useState<Place>()
  const [, navigate] = useLocation()
  const review = data?.packDraft
  const isDraft = draft.state === 'DRAFT'
  usePageTitle(revisionName(draft.key))
  const replaced = (id: string) => navigate(`/formulaires/brouillons/${id}`, { replace: true })
  return (
    <div className="page packs">
      <p>
        <Link href="/formulaires">← Formulaires</Link>
      </p>
      <DraftHeader draft={draft} review={review} onOpen={setDialog} />
      <ProblemAlert problem={problemOf(error)} />
      {isDraft && review && review.obstacles.length > 0 && <Obstacles obstacles={review.obstacles} />}
      {!isDraft && (
        <Alert tone="good" title={`La révision ${draft.key} est publiée.`}>
          <p>Les dossiers ouverts depuis la suivent&nbsp;; ceux qui existaient gardent la leur.</p>
        </Alert>
      )}
      <FindingsSection findings={draft.findings} onPlace={isDraft ? setPlace : undefined} />
      {isDraft && <FilesSection key={draft.id} draft={draft} place={place} onSaved={replaced} />}
      {!draft.fault && (
        <>
          <DifferenceSection changes={review?.difference} base={draft.base} />
          <TestsSection tests={review?.tests} />
          {isDraft && <TrialSection id={draft.id} />}
        </>
      )}
      {dialog && (
        <DraftDialogs open={dialog} {...{ draft, review }} onReplaced={replaced} onClose={() => setDialog(undefined)} />
      )}
    </div>
  )
}

function Obstacles({ obstacles }: { obstacles: Review['obstacles'] }) {
  return (
    <Alert tone="warn" title="Ce brouillon ne peut pas être publié en l’état.">
      <ul className="packs-obstacles">
        {obstacles.map(({ code, message }) => (
          <li key={code}>{message}</li>
        ))}
      </ul>
    </Alert>
  )
}
