import { type FormEvent, useId, useState } from 'react'
import { useClient } from 'urql'
import { type AccountRowFieldsFragment, ChangePasswordDocument } from '../gen/graphql'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { PasswordField } from '../ui/Field'
import { PasswordPair } from './PasswordPair'
import { Refusal } from './Refusal'
import { nameOf } from './RightsSection'
import { useAct } from '../graphql/useAct'
import { useNewPassword } from './useNewPassword'
import { of } from './words'
import './people.css'

interface Props {
  readonly account: Pick<AccountRowFieldsFragment, 'id' | 'isMe' | 'firstName' | 'lastName'>
  readonly onClose: () => void
  readonly onDone: () => void
}

/** The password, apart from the rest: it is asked twice, and one's own is proved first. */
export function PasswordDialog({ account, onClose, onDone }: Props) {
  const client = useClient()
  const id = useId()
  const [current, setCurrent] = useState('')
  const { sent, pair, accept } = useNewPassword()
  const { busy, problem, act } = useAct()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!accept(event.currentTarget)) return
    const variables = { user: account.id, ...sent, current: account.isMe ? current : null }
    if (await act(() => client.mutation(ChangePasswordDocument, variables).toPromise())) {
      onDone()
      onClose()
    }
  }
  return (
    <Dialog
      title={account.isMe ? 'Changer votre mot de passe' : `Changer le mot de passe ${of(nameOf(account))}`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={id} busy={busy}>
            Changer le mot de passe
          </Button>
        </>
      }
    >
      <Refusal problem={problem} />
      <form id={id} className="stack people-form" noValidate onSubmit={(event) => void submit(event)}>
        {account.isMe && (
          <PasswordField
            label="Mot de passe actuel"
            name="current"
            required
            autoComplete="current-password"
            value={current}
            onChange={({ target }) => setCurrent(target.value)}
          />
        )}
        <PasswordPair {...pair} />
      </form>
    </Dialog>
  )
}
