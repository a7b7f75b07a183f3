import type { DossierCells } from '../cells/dossierCells'
import type { Pack } from '../pack/pack'
import { Suspense, lazy } from 'react'
import './dialogs/dialogs.css'
import { ExportDialog } from './dialogs/ExportDialog'
import { HistoryDialog } from './dialogs/HistoryDialog'
import { ImportDialog } from './dialogs/ImportDialog'
import { PrintDialog } from './dialogs/PrintDialog'
import type { TabGroup } from './groups/instances'
import type { Batches } from './useBatches'
import type { DossierData, useVerification } from './useDossier'

const CommonCoreDialog = lazy(() =>
  import('./dialogs/CommonCoreDialog').then((module) => ({ default: module.CommonCoreDialog })),
)

const MoveDialogs = lazy(() => import('../moves/MoveDialogs').then((module) => ({ default: module.MoveDialogs })))

const RightsDialog = lazy(() => import('./dialogs/RightsDialog').then((module) => ({ default: module.RightsDialog })))

const CircuitDialog = lazy(() =>
  import('../circuit/CircuitDialog').then((module) => ({ default: module.CircuitDialog })),
)

const OtherDossierDialog = lazy(() =>
  import('./dialogs/OtherDossierDialog').then((module) => ({ default: module.OtherDossierDialog })),
)

const AnnouncementDialog = lazy(() =>
  import('../support/AnnouncementDialog').then((module) => ({ default: module.AnnouncementDialog })),
)

const AddInstanceDialog = lazy(() =>
  import('./groups/AddInstanceDialog').then((module) => ({ default: module.AddInstanceDialog })),
)
const RemoveInstanceDialog = lazy(() =>
  import('./groups/RemoveInstanceDialog').then((module) => ({ default: module.RemoveInstanceDialog })),
)

export type Move = DossierData['moves'][number]
export type Checks = ReturnType<typeof useVerification>

/** The windows that move the dossier. */
export type MoveOpen =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'handBack' | 'takeBack' | 'substep' | 'askReopening' }
  | { readonly kind: 'answerReopening'; readonly request: string; readonly accepted: boolean }

export type OpenDialog =
  | {
      readonly kind: 'import' | 'print' | 'zip' | 'history' | 'common' | 'rights' | 'circuit' | 'announcement' | 'other'
    }
  | MoveOpen
  | { readonly kind: 'add'; readonly group: TabGroup }
  | { readonly kind: 'remove'; readonly group: TabGroup; readonly instance: string }

export interface DialogProps {
  readonly dossier: DossierData
  readonly cells: DossierCells
  readonly pack: Pack | undefined
  /** The tab on screen. */
  readonly tab: string
  readonly checks: Checks
  readonly goToCell: (cell: string) => void
  /** The dossier changed as a whole: everything shown of it is read again. */
  readonly onRewritten: () => void
  readonly batches: Batches
  readonly onClose: () => void
}

export function DossierDialogs({ open, ...props }: DialogProps & { open: OpenDialog }) {
  switch (open.kind) {
    case 'import':
      return <ImportDialog {...props} />
    case 'print':
      return <PrintDialog {...props} />
    case 'zip':
      return <ExportDialog {...props} />
    case 'history':
      return <HistoryDialog {...props} />
    case 'rights':
      return (
        <Suspense fallback={null}>
          <RightsDialog {...props} />
        </Suspense>
      )
    case 'other':
      return (
        <Suspense>
          <OtherDossierDialog {...props} />
        </Suspense>
      )
    case 'announcement':
      return (
        props.dossier.announcement && (
          <Suspense>
            <AnnouncementDialog announcement={props.dossier.announcement} onClose={props.onClose} />
          </Suspense>
        )
      )
    case 'circuit':
      return (
        <Suspense>
          <CircuitDialog {...props} />
        </Suspense>
      )
    case 'common':
      return (
        <Suspense>
          <CommonCoreDialog {...props} />
        </Suspense>
      )
    case 'add':
      return (
        <Suspense>
          <AddInstanceDialog group={open.group} {...props} />
        </Suspense>
      )
    case 'remove':
      return (
        <Suspense>
          <RemoveInstanceDialog group={open.group} instance={open.instance} {...props} />
        </Suspense>
      )
    default:
      return (
        <Suspense>
          <MoveDialogs open={open} {...props} />
        </Suspense>
      )
  }
}
