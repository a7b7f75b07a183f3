import { Suspense, lazy } from 'react'
import { Link } from 'wouter'
import { stepNumber } from '../search/criteria'
import { formatDay } from '../text/dates'
import { groupDigits } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Stepper } from '../ui/Stepper'
import { AttachmentEntry } from '../attachments/AttachmentEntry'
import { ExchangeEntry } from '../exchange/ExchangeEntry'
import { MoveButtons } from '../moves/MoveButtons'
import { TalkButton } from '../exchange/TalkMarks'
import type { Exchange } from '../exchange/useExchange'
import type { OpenDialog } from './DossierDialogs'
import type { DossierData } from './useDossier'

const LifeBand = lazy(() => import('../moves/LifeBand'))

/** The step of the platform's own work; what may be asked of it comes after. */
const REVIEW = 4

interface Props {
  readonly dossier: DossierData
  /** Whether its form holds values that another form holds too. */
  readonly sharesCells: boolean
  readonly onOpen: (dialog: OpenDialog) => void
  readonly exchange: Exchange
  /** Shows what is said of the dossier as a whole. */
  readonly onTalk: () => void
}

/** Whose dossier it is, where it is in its life, and what may be done with it now. */
export function DossierHeader({ dossier, sharesCells, onOpen, exchange, onTalk }: Props) {
  const { form, year, organism, platform, rights, step, substep, substeps, stepSince, transmittedAt, handedBackAt } =
    dossier
  const number = stepNumber(step)
  const steps = dossier.steps.map((one) => ({ number: stepNumber(one.step), label: one.label }))
  const followers = [dossier.accountManager?.name, dossier.officer?.name].filter(Boolean).join(' et ')
  const setsSubstep = substeps.length > 0 && rights.includes('dossier:hand_back')
  return (
    <header className="dossier-header">
      <div className="dossier-title">
        <div className="dossier-name">
          <h1>
            <span className="dossier-form">
              {form} {year}
            </span>{' '}
            {organism.name}
          </h1>{' '}
          <TalkButton talks={exchange.talks.dossier} of="du dossier" onOpen={onTalk} />
        </div>
        <div className="dossier-actions">
          {rights.includes('dossier:write') && (
            <Button icon="upload" onClick={() => onOpen({ kind: 'import' })}>
              Importer
            </Button>
          )}
          {rights.includes('dossier:export') && (
            <>
              <Button icon="printer" onClick={() => onOpen({ kind: 'print' })}>
                Imprimer
              </Button>
              <Button icon="archive" onClick={() => onOpen({ kind: 'zip' })}>
                Exporter
              </Button>
            </>
          )}
          <MoveButtons {...{ dossier, onOpen }} />
        </div>
      </div>
      <p className="dossier-facts">
        <Badge>{organism.category}</Badge>
        <span>SIREN {groupDigits(organism.siren)}</span>
        <span>Code {organism.code}</span>
        <span>
          {organism.city} ({organism.department})
        </span>
        <span>{platform.name}</span>
        <span>
          Étape {number} depuis le {formatDay(stepSince)}
        </span>
        {dossier.dueOn && (
          <span>
            Dernier jour&nbsp;: {formatDay(dossier.dueOn)} {dossier.late && <Badge tone="bad">en retard</Badge>}
          </span>
        )}
        {followers && <span>Suivi par {followers}</span>}
        {dossier.announcement && (
          <span>
            <button type="button" className="link-button" onClick={() => onOpen({ kind: 'announcement' })}>
              {dossier.announcement.title}
            </button>
          </span>
        )}
        {transmittedAt && <span>Transmis le {formatDay(transmittedAt)}</span>}
        {(substep || setsSubstep) && (
          <span>
            {substep?.label}{' '}
            {setsSubstep && (
              <button type="button" className="link-button" onClick={() => onOpen({ kind: 'substep' })}>
                Sous-étape
              </button>
            )}
          </span>
        )}
        <span>
          <button type="button" className="link-button" onClick={() => onOpen({ kind: 'other' })}>
            Autre formulaire ou année
          </button>
        </span>
      </p>
      {(handedBackAt !== null || number > REVIEW) && (
        <Suspense>
          <LifeBand {...{ dossier, onOpen }} key={`${step} ${handedBackAt}`} />
        </Suspense>
      )}
      <div className="dossier-cycle">
        <Stepper steps={steps} current={number} onOpen={() => onOpen({ kind: 'history' })} />
        <ExchangeEntry dossier={dossier.id} data={exchange.data} />
        <AttachmentEntry dossier={dossier.id} />
        {sharesCells && (
          <Button look="quiet" icon="compare" onClick={() => onOpen({ kind: 'common' })}>
            Tronc commun
          </Button>
        )}
        {dossier.circuitLabel && (
          <Button look="quiet" icon="check" onClick={() => onOpen({ kind: 'circuit' })}>
            Circuit de visas
          </Button>
        )}
        {transmittedAt && rights.includes('dossier:export') && (
          <Link href={`/dossiers/${dossier.id}/copies`} className="button button-quiet">
            <Icon name="lock" />
            <span>Copies scellées</span>
          </Link>
        )}
        <Button look="quiet" icon="shield" onClick={() => onOpen({ kind: 'rights' })}>
          Mes droits
        </Button>
      </div>
    </header>
  )
}
