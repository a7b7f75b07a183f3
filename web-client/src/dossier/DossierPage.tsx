import { Suspense, lazy, useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { Redirect, useLocation } from 'wouter'
import { cellsOf } from '../cells/registry'
import { LeaveUnpublished } from '../exchange/LeaveUnpublished'
import { useExchange } from '../exchange/useExchange'
import { useZone } from '../exchange/useZone'
import { usePack } from '../pack/usePack'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Loading } from '../ui/Progress'
import { ProblemAlert } from '../ui/Problem'
import { AnomalyBar } from '../anomalies/AnomalyBar'
import { BatchAlert } from './BatchAlert'
import { DossierDialogs, type OpenDialog } from './DossierDialogs'
import { DossierHeader } from './DossierHeader'
import { NetworkBanner } from './NetworkBanner'
import { TabList } from './TabList'
import { TabPanel } from './TabPanel'
import { openParts, tabNamed } from './groups/instances'
import { marksOf, placeOfCell } from './marks'
import { type DossierData, useDossier, useVerification } from './useDossier'
import { useBatches } from './useBatches'
import { useFlushOnReturn } from './useFlushOnReturn'
import { useLive } from './useLive'
import { tabOf } from '../cells/model'
import { useVersion } from '../cells/useStore'
import './dossier.css'

const ExchangeZone = lazy(() => import('../exchange/ExchangeZone').then((module) => ({ default: module.ExchangeZone })))

export function DossierPage({ id, tab }: { id: string; tab: string | undefined }) {
  const { dossier, problem, reload } = useDossier(id)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!dossier) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture du dossier…" />}
      </div>
    )
  }
  const first = openParts(dossier).flatMap(({ tabs }) => tabs)[0]?.code
  if (!tab && first) return <Redirect to={`/dossiers/${id}/${first}`} replace />
  return <OpenDossier dossier={dossier} tab={tab ?? ''} reload={reload} />
}

function OpenDossier({ dossier, tab, reload }: { dossier: DossierData; tab: string; reload: () => void }) {
  const { id, form, year, organism } = dossier
  const cells = cellsOf(id, useClient())
  const [, navigate] = useLocation()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [edition, setEdition] = useState(0)
  const [showsPrevious, setShowsPrevious] = useState(false)
  const { pack, problem: packProblem } = usePack(dossier.packUrl, organism.category)
  const checks = useVerification(id, dossier.verification, cells)
  const { verification } = checks
  const marks = useMemo(() => marksOf(verification), [verification])
  usePageTitle(`${tab} · ${form} ${year} · ${organism.name}`)
  useFlushOnReturn(cells)
  useLive(dossier, cells, edition, pack?.isConditional ?? false)
  useVersion(cells.overlay.hiding)
  useEffect(() => cells.reopen(), [cells, edition])
  const isReader = dossier.rights.includes('exchange:read')
  const exchange = useExchange(id, isReader)
  const zone = useZone(isReader)

  const goToCell = (cell: string) => {
    setDialog(undefined)
    navigate(placeOfCell(id, cell))
    cells.tab(tabOf(cell)).goTo(cell)
  }
  const onRewritten = () => {
    setEdition((count) => count + 1)
    reload()
  }
  const batches = useBatches(id, cells, onRewritten)
  const current = useMemo(() => pack && tabNamed(pack, dossier.groups, tab), [pack, dossier.groups, tab])
  const isHidden = cells.overlay.hidden.has(tab)
  return (
    <div className={zone.isShown && !zone.isDrawer ? 'dossier has-zone' : 'dossier'}>
      <DossierHeader
        {...{ dossier, exchange }}
        sharesCells={pack?.sharesCells ?? false}
        onOpen={setDialog}
        onTalk={() => zone.open('DOSSIER')}
      />
      <div className="dossier-body">
        <TabList
          dossier={dossier}
          current={tab}
          byTab={marks.byTab}
          talks={exchange.talks.within}
          selections={pack?.selections ?? []}
          hidden={cells.overlay.hidden}
          onAdd={(group) => setDialog({ kind: 'add', group })}
          onRemove={(group, instance) => setDialog({ kind: 'remove', group, instance })}
        />
        <div className="dossier-panel">
          <NetworkBanner cells={cells} />
          <BatchAlert batches={batches} />
          <ProblemAlert problem={packProblem ?? checks.problem} />
          {current && isHidden && (
            <p className="tab-empty">
              D’après les réponses données, l’onglet «&nbsp;{current.title}&nbsp;» est sans objet pour ce dossier.
            </p>
          )}
          {pack && current && !isHidden && (
            <TabPanel
              key={tab}
              dossier={id}
              tab={current}
              {...{ pack, cells, marks, edition, batches, showsPrevious }}
              exchange={exchange.data && { ...exchange, zone }}
              onShowPrevious={setShowsPrevious}
              onCell={goToCell}
            />
          )}
          {pack && !current && (
            <p className="tab-empty">
              L’onglet «&nbsp;{tab}&nbsp;» n’existe pas dans ce dossier&nbsp;: choisissez-en un dans la liste.
            </p>
          )}
          {!pack && !packProblem && <Loading label="Lecture du formulaire…" />}
        </div>
        {zone.isShown && current && !isHidden && (
          <Suspense>
            <ExchangeZone key={id} dossier={id} tab={current} store={cells.tab(tab)} {...{ exchange, zone }} />
          </Suspense>
        )}
      </div>
      <LeaveUnpublished dossier={id} exchange={exchange.data} within={`/dossiers/${id}`} />
      <AnomalyBar checks={checks} overlay={cells.overlay} rights={dossier.rights} onCell={goToCell} dossier={id} />
      {dialog && (
        <DossierDialogs
          open={dialog}
          {...{ dossier, cells, pack, tab, checks, goToCell, onRewritten, batches }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  )
}
