import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocation } from 'wouter'
import { PacksDocument, type PacksQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { DraftTable } from './DraftTable'
import { RevisionTable } from './RevisionTable'
import { UploadDialog, type UploadStart } from './UploadDialog'
import '../ui/table.css'
import './packs.css'

export type Revision = PacksQuery['packs'][number]

/** Every published revision of every form, and the drafts of those who may change them. */
export function PacksPage() {
  usePageTitle('Formulaires')
  const [{ data, error }] = useQuery({ query: PacksDocument })
  const [upload, setUpload] = useState<UploadStart>()
  const [, navigate] = useLocation()
  const problem = problemOf(error)
  const mayEdit = data?.packs.some((revision) => revision.editable) ?? false
  return (
    <div className="page packs">
      <header className="packs-header">
        <div>
          <h1>Formulaires</h1>
          <p className="muted">
            Chaque dossier garde la révision avec laquelle il a été ouvert&nbsp;; les suivants prennent la dernière.
          </p>
        </div>
        {mayEdit && (
          <Button look="primary" icon="upload" onClick={() => setUpload({})}>
            Déposer un brouillon
          </Button>
        )}
      </header>
      <ProblemAlert problem={problem} />
      {!data && !problem && <Loading label="Lecture des formulaires…" />}
      {data && mayEdit && <DraftTable drafts={data.packDrafts} />}
      {data && <RevisionTable forms={byForm(data.packs)} onPrepare={setUpload} />}
      {upload && (
        <UploadDialog
          start={upload}
          onClose={() => setUpload(undefined)}
          onDone={(id) => navigate(`/formulaires/brouillons/${id}`)}
        />
      )}
    </div>
  )
}

/** The revisions of each form, the latest first; the forms that the viewer may change before the others. */
function byForm(revisions: readonly Revision[]): Revision[][] {
  const forms = new Map<string, Revision[]>()
  for (const revision of revisions) forms.set(revision.form, [revision, ...(forms.get(revision.form) ?? [])])
  return [...forms.values()].toSorted((one, other) => Number(other[0]?.editable) - Number(one[0]?.editable))
}
