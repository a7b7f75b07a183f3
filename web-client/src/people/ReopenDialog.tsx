import { type FormEvent, useId } from 'react'
import { useClient } from 'urql'
import { type AccountRowFieldsFragment, ReopenUserDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { PasswordPair } from './PasswordPair'
import { Refusal } from './Refusal'
import { nameOf } from './RightsSection'
import { useNewPassword } from './useNewPassword'
import { of } from './words'

interface Props {
  readonly account: AccountRowFieldsFragment
  readonly onClose: () => void
  readonly onDone: () => void
}

/** A closed account comes back under a new password, with what may be given today. */
export function ReopenDialog({ account, onClose, onDone }: Props) {
  const client = useClient()
  const id = useId()
  const { sent, pair, accept } = useNewPassword()
  const { busy, problem, act } = useAct()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!accept(event.currentTarget)) return
    const variables = { user: account.id, version: account.version, ...sent }
    if (await act(() => client.mutation(ReopenUserDocument, variables).toPromise())) {
      onDone()
      onClose()
    }
  }
  return (
    <Dialog
      title={`Rouvrir le compte ${of(nameOf(account))} ?`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={id} busy={busy}>
            Rouvrir le compte
          </Button>
        </>
      }
    >
      <Refusal problem={problem} />
      <ul className="people-effects">
        <li>Cette personne se connectera de nouveau, avec le mot de passe que voici.</li>
        <li>Elle retrouve, de ses droits, ceux que vous pouvez donner aujourd’hui&nbsp;: vérifiez-les ensuite.</li>
      </ul>
      <form id={id} className="stack people-form" noValidate onSubmit={(event) => void submit(event)}>
        <PasswordPair {...pair} />
      </form>
    </Dialog>
  )
}
