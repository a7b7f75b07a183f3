import { useState } from 'react'
import { useClient } from 'urql'
import {
  type ProposalFieldsFragment,
  type ProposalState,
  RefuseProposalDocument,
  SignProposalDocument,
  WithdrawProposalDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatDay, formatMoment } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { useDesk } from './desk'
import { LineChanges } from './LineChanges'
import { ProposalImpact } from './ProposalImpact'
import { useAct } from './useAct'

export type Proposal = ProposalFieldsFragment

const STATES: Readonly<Record<ProposalState, { label: string; tone: 'neutral' | 'info' | 'good' | 'warn' | 'bad' }>> = {
  AWAITING_SIGNATURE: { label: 'attend une signature', tone: 'warn' },
  SCHEDULED: { label: 'programmée', tone: 'info' },
  APPLIED: { label: 'appliquée', tone: 'good' },
  REFUSED: { label: 'refusée', tone: 'bad' },
  WITHDRAWN: { label: 'retirée', tone: 'neutral' },
  FAILED: { label: 'non appliquée', tone: 'bad' },
}

/** A change that was asked for: who, why, what it would do, and what may be done with it. */
export function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { id, comment, author, at, state, effectiveOn, signer, reason, added, closed, refusal, signable } = proposal
  const isOpen = state === 'AWAITING_SIGNATURE' || state === 'SCHEDULED'
  const { label, tone } = STATES[state]
  return (
    <li className="desk-card">
      <header className="desk-bar">
        <h3>{comment}</h3>
        <Badge tone={tone}>{label}</Badge>
      </header>
      <p className="muted">
        {[
          `Par ${author}, le ${formatMoment(at)}`,
          effectiveOn && `effet le ${formatDay(effectiveOn)}`,
          signer && `signée par ${signer}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {reason && <p>{reason}</p>}
      <details open={isOpen}>
        <summary>Ce qui change</summary>
        <LineChanges added={added} closed={closed} />
      </details>
      {isOpen && <ProposalImpact id={id} />}
      {!signable && isOpen && refusal && <p className="muted">{refusal}</p>}
      {isOpen && <Actions proposal={proposal} />}
    </li>
  )
}

function Actions({ proposal: { id, signable } }: { proposal: Proposal }) {
  const { refresh } = useDesk()
  const client = useClient()
  const [reason, setReason] = useState<string>()
  const [isSure, setSure] = useState(false)
  const done = (error: Parameters<typeof problemOf>[0]) => {
    if (!error) refresh()
    return problemOf(error)
  }
  const sign = useAct(async () => done((await client.mutation(SignProposalDocument, { id })).error))
  const refuse = useAct(async () =>
    done((await client.mutation(RefuseProposalDocument, { id, reason: reason ?? '' })).error),
  )
  const withdraw = useAct(async () => done((await client.mutation(WithdrawProposalDocument, { id })).error))
  return (
    <div className="desk-actions">
      <ProblemAlert problem={sign.problem ?? refuse.problem ?? withdraw.problem} />
      {signable && reason === undefined && (
        <span className="row">
          <Button look="primary" icon="check" busy={sign.busy} onClick={sign.act}>
            Signer et appliquer
          </Button>
          <Button onClick={() => setReason('')}>Refuser…</Button>
        </span>
      )}
      {reason !== undefined && (
        <form
          className="desk-filters"
          onSubmit={(event) => {
            event.preventDefault()
            refuse.act()
          }}
        >
          <TextField
            label="Motif du refus"
            required
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <Button type="submit" look="danger" busy={refuse.busy}>
            Refuser
          </Button>
        </form>
      )}
      {!signable && (
        <Button
          look={isSure ? 'danger' : 'quiet'}
          busy={withdraw.busy}
          onClick={() => (isSure ? withdraw.act() : setSure(true))}
        >
          {isSure ? 'Confirmer le retrait' : 'Retirer la proposition'}
        </Button>
      )}
    </div>
  )
}
