import { useState } from 'react'
import { TabChoice } from '../dossier/dialogs/TabChoice'
import { type MassExportKind, RequestMassExportDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { formatCount, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Segmented } from '../ui/Segmented'
import { aboutTime } from './estimate'
import { FollowedMassExport } from './FollowedMassExport'
import { type Chosen, KINDS, MOST_DOSSIERS, type MassTarget, massSeconds } from './mass'
import { useSharedTabs } from './useSharedTabs'
import '../dossier/dialogs/dialogs.css'
import './exports.css'

const SCOPES = { whole: 'Dossiers entiers', tabs: 'Choisir des onglets' } as const

interface Props {
  readonly target: MassTarget
  readonly count: number
  /** The dossiers named by `target`; empty where it is all of a list but some. */
  readonly chosen: readonly Chosen[]
  readonly onClose: () => void
}

/** Asks for one export of many dossiers (manual §7.3), then follows it until its file. */
export function MassExportDialog({ target, count, chosen, onClose }: Props) {
  const { send, busy, problem } = useOnce()
  const [kind, setKind] = useState<MassExportKind>('PDF')
  const [scope, setScope] = useState<keyof typeof SCOPES>('whole')
  const [tabs, setTabs] = useState<ReadonlySet<string>>(new Set())
  const [accessible, setAccessible] = useState(false)
  const [started, setStarted] = useState<string>()
  const { hasTabs, isTagged } = KINDS[kind]
  const byTab = hasTabs && scope === 'tabs'
  const request = async () => {
    const sent = await send(RequestMassExportDocument, {
      ...named(target),
      kind,
      tabs: byTab ? [...tabs] : null,
      accessible: isTagged && accessible,
    })
    if (sent) setStarted(sent.requestMassExport.id)
  }
  const footer = <Button onClick={onClose}>Fermer</Button>
  if (started) {
    return (
      <Dialog title={`Exporter ${plural(count, 'dossier')}`} onClose={onClose} footer={footer}>
        <FollowedMassExport id={started} />
      </Dialog>
    )
  }
  const isTooMany = count > MOST_DOSSIERS
  const isReady = !isTooMany && (!byTab || tabs.size > 0)
  return (
    <Dialog
      title={`Exporter ${plural(count, 'dossier')}`}
      size="l"
      onClose={onClose}
      footer={
        <>
          <p className="print-count">
            {isReady && (
              <span className="muted">
                {aboutTime(massSeconds(kind, count, byTab ? tabs.size : undefined, isTagged && accessible))}
              </span>
            )}
          </p>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" icon="archive" disabled={!isReady} busy={busy} onClick={() => void request()}>
            Préparer l’export
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      {isTooMany && (
        <Alert tone="warn">
          <p>
            Un export prend {formatCount(MOST_DOSSIERS)} dossiers au plus&nbsp;: choisissez-en moins, puis recommencez.
          </p>
        </Alert>
      )}
      <KindField value={kind} onChange={setKind} />
      {hasTabs && <Scope {...{ target, chosen, scope, setScope, tabs, setTabs }} />}
      {isTagged && (
        <Checkbox checked={accessible} onChange={({ target: box }) => setAccessible(box.checked)}>
          PDF accessible <span className="muted">– balisé pour les lecteurs d’écran, plus long à produire</span>
        </Checkbox>
      )}
    </Dialog>
  )
}

function KindField({ value, onChange }: { value: MassExportKind; onChange: (kind: MassExportKind) => void }) {
  return (
    <fieldset className="mass-kinds">
      <legend className="legend-title">Ce qui est produit</legend>
      {(Object.keys(KINDS) as MassExportKind[]).map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="mass-kind"
            checked={kind === value}
            data-autofocus={kind === value ? '' : undefined}
            onChange={() => onChange(kind)}
          />
          <strong>{KINDS[kind].label}</strong>
          <span className="muted">{KINDS[kind].detail}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface ScopeProps extends Pick<Props, 'target' | 'chosen'> {
  readonly scope: keyof typeof SCOPES
  readonly setScope: (scope: keyof typeof SCOPES) => void
  readonly tabs: ReadonlySet<string>
  readonly setTabs: (tabs: ReadonlySet<string>) => void
}

/** Whole dossiers, or some tabs where all the dossiers are of one form. */
function Scope({ target, chosen, scope, setScope, tabs, setTabs }: ScopeProps) {
  const { parts, selections, isShared, problem } = useSharedTabs(target, chosen)
  if (problem) return <ProblemAlert problem={problem} />
  if (isShared === false) {
    return (
      <p className="muted">
        Ces dossiers ne sont pas tous du même formulaire et de la même année&nbsp;: chacun est exporté en entier.
      </p>
    )
  }
  return (
    <>
      <Segmented label="Ce qui est exporté de chaque dossier" options={SCOPES} value={scope} onChange={setScope} />
      {scope === 'tabs' &&
        (parts ? (
          <TabChoice
            parts={parts}
            selections={selections}
            current=""
            chosen={tabs}
            setChosen={setTabs}
            whole="Tous les onglets"
          />
        ) : (
          <Loading label="Lecture des onglets…" />
        ))}
    </>
  )
}

function named(target: MassTarget) {
  if ('dossiers' in target) return { dossiers: target.dossiers, workList: null, criteria: null, without: [] }
  const { without } = target
  return 'workList' in target
    ? { dossiers: null, workList: target.workList, criteria: null, without }
    : { dossiers: null, workList: null, criteria: target.criteria, without }
}
