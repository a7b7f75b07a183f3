import { useId, useState } from 'react'
import { useClient } from 'urql'
import { type ProposalFieldsFragment, RefuseProposalDocument, WithdrawProposalDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextArea } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { useDesk } from './desk'
import { useAct } from './useAct'

interface Props {
  readonly proposal: ProposalFieldsFragment
  readonly onClose: () => void
}

/** Says no to another's proposal, and why: he reads it. */
export function RefuseDialog({ proposal: { id, comment, author }, onClose }: Props) {
  const { refresh } = useDesk()
  const client = useClient()
  const form = useId()
  const [reason, setReason] = useState('')
  const { busy, problem, act } = useAct(async () => {
    const { error } = await client.mutation(RefuseProposalDocument, { id, reason })
    if (!error) refresh('La proposition est refusée\u00a0: les règles ne changent pas.')
    return problemOf(error)
  })
  return (
    <Dialog
      title="Refuser la proposition"
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="danger" type="submit" form={form} busy={busy}>
            Refuser
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="desk-form"
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
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
      </form>
    </Dialog>
  )
}

/** Takes one's own proposal back. */
export function WithdrawDialog({ proposal: { id, comment }, onClose }: Props) {
  const { refresh } = useDesk()
  const client = useClient()
  const { busy, problem, act } = useAct(async () => {
    const { error } = await client.mutation(WithdrawProposalDocument, { id })
    if (!error) refresh('La proposition est retirée\u00a0: les règles ne changent pas.')
    return problemOf(error)
  })
  return (
    <Dialog
      title="Retirer la proposition ?"
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Annuler
          </Button>
          <Button look="danger" busy={busy} onClick={act}>
            Retirer
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      <p>{comment}</p>
      <p>Elle ne sera pas appliquée&#8239;; elle reste parmi les propositions closes.</p>
    </Dialog>
  )
}
