import { useEffect, useRef } from 'react'
import type { ExportFieldsFragment } from '../gen/graphql'
import { useExport } from './useExport'
import { ExportState } from './ExportState'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'

interface Props {
  readonly id: string
  /** Told once, when the file is there. */
  readonly onReady?: (job: ExportFieldsFragment) => void
}

/** A print or an archive from its request to its file. */
export function FollowedExport({ id, onReady }: Props) {
  const { job, problem } = useExport(id)
  const told = useRef(false)
  useEffect(() => {
    if (job?.state !== 'READY' || told.current) return
    told.current = true
    onReady?.(job)
  }, [job, onReady])
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
