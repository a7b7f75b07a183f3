import { useExport } from './useExport'
import { ExportState } from './ExportState'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'

/** A print or an archive from its request to its file. */
export function FollowedExport({ id }: { id: string }) {
  const { job, problem } = useExport(id)
  if (!job) return problem ? <ProblemAlert problem={problem} /> : <Loading label="Envoi de la demande…" />
  return (
    <>
      <ProblemAlert problem={problem} />
      <ExportState job={job} />
      <p className="muted">
        Vous pouvez fermer cette fenêtre&nbsp;: le fichier vous attend aussi dans la page «&nbsp;Exports&nbsp;».
      </p>
    </>
  )
}
