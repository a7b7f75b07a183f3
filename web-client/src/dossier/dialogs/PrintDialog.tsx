import { useState } from 'react'
import { useClient } from 'urql'
import { FollowedExport } from '../../exports/FollowedExport'
import { RequestPrintDocument } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { freshKey } from '../../text/key'
import { plural } from '../../text/numbers'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { ProblemAlert } from '../../ui/Problem'
import { openParts } from '../groups/instances'
import type { DialogProps } from '../DossierDialogs'
import { TabChoice } from './TabChoice'

/** Chooses what to print (manual §8.5), asks for it, then follows the job to its file. */
export function PrintDialog({ dossier, cells, pack, tab, onClose }: DialogProps) {
  const client = useClient()
  const parts = openParts(dossier)
  const all = parts.flatMap((part) => part.tabs.map(({ code }) => code))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(tab ? [tab] : all))
  const [accessible, setAccessible] = useState(false)
  const [job, setJob] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const print = async () => {
    setBusy(true)
    await cells.flush()
    const tabs = chosen.size === all.length ? null : all.filter((code) => chosen.has(code))
    const { data, error } = await client.mutation(RequestPrintDocument, {
      dossier: dossier.id,
      tabs,
      accessible,
      key: freshKey(),
    })
    setBusy(false)
    setJob(data?.requestPrint.id)
    setProblem(problemOf(error))
  }
  const count = chosen.size === all.length ? 'Tout le dossier' : plural(chosen.size, 'onglet choisi', 'onglets choisis')
  if (job) {
    return (
      <Dialog title="Imprimer le dossier" size="s" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
        <FollowedExport id={job} />
      </Dialog>
    )
  }
  return (
    <Dialog
      title="Imprimer le dossier"
      size="l"
      onClose={onClose}
      footer={
        <>
          <output className="print-count">{count}</output>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" icon="printer" disabled={chosen.size === 0} busy={busy} onClick={() => void print()}>
            Produire le PDF
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      <TabChoice parts={parts} selections={pack?.selections ?? []} current={tab} {...{ chosen, setChosen }} />
      <Checkbox checked={accessible} onChange={(event) => setAccessible(event.target.checked)}>
        PDF accessible <span className="muted">– balisé pour les lecteurs d’écran, plus long à produire</span>
      </Checkbox>
    </Dialog>
  )
}
