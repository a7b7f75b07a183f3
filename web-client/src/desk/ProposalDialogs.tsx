import { useState } from 'react'
import { useClient } from 'urql'
import { type ProposalFieldsFragment, RefuseProposalDocument, WithdrawProposalDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { useDesk } from './desk'

interface Props {
  readonly proposal: ProposalFieldsFragment
  readonly onClose: () => void
}

/** Says no to another's proposal, and why: he reads it. */
export function RefuseDialog({ proposal: { id, comment, author }, onClose }: Props) {
  const { refresh } = useDesk()
  const client = useClient()
  const [reason, setReason] = useState('')
  const { busy, problem, act } = useAct()
  const refuse = async () => {
    if (await act(() => client.mutation(RefuseProposalDocument, { id, reason }).toPromise())) {
      refresh('La proposition est refusée\u00a0: les règles ne changent pas.')
    }
  }
  return (
    <FormDialog
      title="Refuser la proposition"
      size="s"
      action="Refuser"
      look="danger"
      busy={busy}
      onSend={() => void refuse()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>{comment}</p>
      <TextArea
        label="Motif du refus"
        hint={`Lu par ${author}`}
        required
        rows={3}
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </FormDialog>
  )
}

/** Takes one's own proposal back. */
export function WithdrawDialog({ proposal: { id, comment }, onClose }: Props) {
  const { refresh } = useDesk()
  const client = useClient()
  const { busy, problem, act } = useAct()
  const withdraw = async () => {
    if (await act(() => client.mutation(WithdrawProposalDocument, { id }).toPromise())) {
      refresh('La proposition est retirée\u00a0: les règles ne changent pas.')
    }
  }
  return (
    <ConfirmDialog title="Retirer la proposition ?" action="Retirer" busy={busy} onAct={withdraw} onClose={onClose}>
      <ProblemAlert problem={problem} />
      <p>{comment}</p>
      <p>Elle ne sera pas appliquée&#8239;; elle reste parmi les propositions closes.</p>
    </ConfirmDialog>
  )
}
