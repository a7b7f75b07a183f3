import { useState } from 'react'
import { useClient } from 'urql'
import { type ProposalFieldsFragment, type ProposalState, SignProposalDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { formatDay, formatMoment, today } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { useDesk } from './desk'
import { LineChanges } from './LineChanges'
import { RefuseDialog, WithdrawDialog } from './ProposalDialogs'
import { ProposalImpact } from './ProposalImpact'

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
          signer && `${state === 'REFUSED' ? 'refusée' : 'signée'} par ${signer}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {reason && <p>{reason}</p>}
      {added.length + closed.length > 0 && (
        <details open={isOpen}>
          <summary>Ce qui change</summary>
          <LineChanges added={added} closed={closed} />
        </details>
      )}
      {isOpen && <ProposalImpact id={id} />}
      {!signable && state === 'AWAITING_SIGNATURE' && refusal && (
        <p className="desk-unsigned">
          <Icon name="lock" /> {refusal}
        </p>
      )}
      {isOpen && <Actions proposal={proposal} />}
    </li>
  )
}

function Actions({ proposal }: { proposal: Proposal }) {
  const { id, signable, refusable, withdrawable, effectiveOn, comment } = proposal
  const { refresh } = useDesk()
  const client = useClient()
  const [isRefusing, setRefusing] = useState(false)
  const [isWithdrawing, setWithdrawing] = useState(false)
  const { busy, problem, act } = useAct()
  const sign = async () => {
    const data = await act(() => client.mutation(SignProposalDocument, { id }).toPromise())
    if (data) refresh(signed(data.signProposal))
  }
  return (
    <>
      <ProblemAlert problem={problem} />
      <span className="row">
        {signable && (
          <Button look="primary" icon="check" busy={busy} onClick={() => void sign()}>
            {effectiveOn && effectiveOn > today() ? 'Signer' : 'Signer et appliquer'}
            <span className="visually-hidden"> « {comment} »</span>
          </Button>
        )}
        {refusable && (
          <Button onClick={() => setRefusing(true)}>
            Refuser…<span className="visually-hidden"> « {comment} »</span>
          </Button>
        )}
        {withdrawable && (
          <Button onClick={() => setWithdrawing(true)}>
            Retirer…<span className="visually-hidden"> « {comment} »</span>
          </Button>
        )}
      </span>
      {isRefusing && <RefuseDialog proposal={proposal} onClose={() => setRefusing(false)} />}
      {isWithdrawing && <WithdrawDialog proposal={proposal} onClose={() => setWithdrawing(false)} />}
    </>
  )
}

function signed({ state, appliedVersion, effectiveOn }: Proposal): string {
  if (state === 'SCHEDULED') return `Signé\u00a0: la modification s’appliquera le ${formatDay(effectiveOn)}.`
  if (!appliedVersion) return 'Signé\u00a0: la proposition est appliquée.'
  return `Signé\u00a0: les règles sont en version ${appliedVersion}.`
}
