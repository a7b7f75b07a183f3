import { useCallback, useState } from 'react'
import { aboutTime, printSeconds } from '../../exports/estimate'
import { shown } from '../../exports/ExportState'
import { FollowedExport } from '../../exports/FollowedExport'
import { type ExportFieldsFragment, RequestPrintDocument } from '../../gen/graphql'
import { useOnce } from '../../graphql/useOnce'
import { plural } from '../../text/numbers'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { ProblemAlert } from '../../ui/Problem'
import { Segmented } from '../../ui/Segmented'
import { openParts } from '../groups/instances'
import type { DialogProps } from '../DossierDialogs'
import { TabChoice } from './TabChoice'

const WHAT = { filled: 'Avec les valeurs', blank: 'Formulaire vierge' } as const

/** Chooses what to print (manual §8.5), asks for it, then follows the job to its file. */
export function PrintDialog({ dossier, cells, pack, tab, onClose }: DialogProps) {
  const { send, busy, problem } = useOnce()
  const parts = openParts(dossier)
  const all = parts.flatMap((part) => part.tabs.map(({ code }) => code))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(tab ? [tab] : all))
  const [accessible, setAccessible] = useState(false)
  const [what, setWhat] = useState<keyof typeof WHAT>('filled')
  const [job, setJob] = useState<string>()

  const print = async () => {
    await cells.flush()
    const tabs = chosen.size === all.length ? null : all.filter((code) => chosen.has(code))
    const sent = await send(RequestPrintDocument, { dossier: dossier.id, tabs, accessible, blank: what === 'blank' })
    if (sent) setJob(sent.requestPrint.id)
  }
  const time = aboutTime(printSeconds(chosen.size, accessible))
  if (job) return <Waiting id={job} time={time} onClose={onClose} />
  const count = chosen.size === all.length ? 'Tout le dossier' : plural(chosen.size, 'onglet choisi', 'onglets choisis')
  return (
    <Dialog
      title="Imprimer le dossier"
      size="l"
      onClose={onClose}
      footer={
        <>
          <p className="print-count">
            <output>{count}</output>
            {chosen.size > 0 && <span className="muted"> · {time}</span>}
          </p>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" icon="printer" disabled={chosen.size === 0} busy={busy} onClick={() => void print()}>
            Produire le PDF
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      <Segmented label="Ce qui est imprimé" options={WHAT} value={what} onChange={setWhat} />
      <TabChoice parts={parts} selections={pack?.selections ?? []} current={tab} {...{ chosen, setChosen }} />
      <Checkbox checked={accessible} onChange={(event) => setAccessible(event.target.checked)}>
        PDF accessible <span className="muted">– balisé pour les lecteurs d’écran, plus long à produire</span>
      </Checkbox>
    </Dialog>
  )
}

/** The job until its file, which opens by itself as the manual has it, where the browser still allows it. */
function Waiting({ id, time, onClose }: { id: string; time: string; onClose: () => void }) {
  const [isReady, setReady] = useState(false)
  const open = useCallback((job: ExportFieldsFragment) => {
    setReady(true)
    // Longer after the click it would be blocked, and the browser would complain: the link stays.
    if (job.downloadUrl && navigator.userActivation?.isActive) window.open(shown(job.downloadUrl), '_blank')
  }, [])
  return (
    <Dialog title="Imprimer le dossier" size="s" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      {!isReady && <p className="muted">Le PDF s’ouvre dans un nouvel onglet dès qu’il est prêt&nbsp;: {time}.</p>}
      <FollowedExport id={id} onReady={open} />
    </Dialog>
  )
}
