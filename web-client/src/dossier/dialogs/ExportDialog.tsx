import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { FollowedExport } from '../../exports/FollowedExport'
import { RequestExportDocument } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { freshKey } from '../../text/key'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemAlert } from '../../ui/Problem'
import type { DialogProps } from '../DossierDialogs'

/** The archive of the dossier, XML and PDF (manual §8.3): asked for as it opens, then followed. */
export function ExportDialog({ dossier, cells, onClose }: DialogProps) {
  const client = useClient()
  const [job, setJob] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void (async () => {
      await cells.flush()
      const { data, error } = await client.mutation(RequestExportDocument, { dossier: dossier.id, key: freshKey() })
      setJob(data?.requestExport.id)
      setProblem(problemOf(error))
    })()
  }, [cells, client, dossier.id])
  return (
    <Dialog title="Exporter le dossier" size="s" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      <p>Une archive ZIP avec les données (XML) et leur impression (PDF).</p>
      <ProblemAlert problem={problem} />
      {job && <FollowedExport id={job} />}
    </Dialog>
  )
}
