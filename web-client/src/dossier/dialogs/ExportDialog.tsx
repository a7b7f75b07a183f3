import { type ReactNode, useState } from 'react'
import { useClient } from 'urql'
import { FollowedExport } from '../../exports/FollowedExport'
import { RequestExportDocument } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { download } from '../../text/download'
import { freshKey } from '../../text/key'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { ProblemAlert } from '../../ui/Problem'
import { openParts } from '../groups/instances'
import type { DialogProps } from '../DossierDialogs'

/** The dossier as files (manual §8.3): made while one waits, but for the archive, which is followed. */
export function ExportDialog({ dossier, cells, tab, onClose }: DialogProps) {
  const client = useClient()
  const [isTabOnly, setTabOnly] = useState(false)
  const [busy, setBusy] = useState<string>()
  const [job, setJob] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const isDynamic = openParts(dossier).some(({ tabs }) => tabs.some(({ code, dynamic }) => dynamic && code === tab))
  const scope = isTabOnly ? `?tabs=${encodeURIComponent(tab)}` : ''
  const address = `/dossiers/${dossier.id}`

  const act = (name: string, send: () => Promise<Problem | undefined>) => async () => {
    setBusy(name)
    setProblem(undefined)
    await cells.flush()
    setProblem(await send())
    setBusy(undefined)
  }
  const choice = (name: string, label: string, url: string) => (
    <Button icon="download" busy={busy === name} onClick={() => void act(name, () => download(url))()}>
      {label}
    </Button>
  )
  const archive = act('zip', async () => {
    const { data, error } = await client.mutation(RequestExportDocument, { dossier: dossier.id, key: freshKey() })
    setJob(data?.requestExport.id)
    return problemOf(error)
  })
  return (
    <Dialog title="Exporter le dossier" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      <ProblemAlert problem={problem} />
      <Checkbox checked={isTabOnly} onChange={({ target }) => setTabOnly(target.checked)}>
        Classeur et XML&nbsp;: seulement l’onglet {tab}
      </Checkbox>
      <ul className="export-choices">
        <Choice
          title="Classeur XLSX"
          detail="Un onglet par feuille, avec les formules : à compléter dans un tableur, puis à importer."
          action={choice('xlsx', 'Télécharger le classeur', `${address}/export.xlsx${scope}`)}
        />
        {isDynamic && (
          <Choice
            title={`Lignes de ${tab} en CSV`}
            detail="Pour un tableur, à importer ensuite dans ce même onglet."
            action={choice('csv', 'Télécharger le CSV', `${address}/tabs/${encodeURIComponent(tab)}.csv`)}
          />
        )}
        <Choice
          title="Données XML"
          detail="Le format d’échange d’Harmonia, que d’autres logiciels lisent."
          action={choice('xml', 'Télécharger le XML', `${address}/export.xml${scope}`)}
        />
        <Choice
          title="Archive ZIP"
          detail="Tout le dossier : les données (XML) et leur impression (PDF)."
          action={
            <Button icon="archive" busy={busy === 'zip'} disabled={job !== undefined} onClick={() => void archive()}>
              Préparer l’archive
            </Button>
          }
        >
          {job && <FollowedExport id={job} />}
        </Choice>
      </ul>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly detail: string
  readonly action: ReactNode
  readonly children?: ReactNode
}

function Choice({ title, detail, action, children }: ChoiceProps) {
  return (
    <li>
      <div className="export-choice">
        <div>
          <h3>{title}</h3>
          <p className="muted">{detail}</p>
        </div>
        {action}
      </div>
      {children}
    </li>
  )
}
