import { useClient } from 'urql'
import { type AccountRowFieldsFragment, CloseUserDocument } from '../gen/graphql'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Refusal } from './Refusal'
import { nameOf } from './RightsSection'
import { useAct } from '../graphql/useAct'
import { of } from './words'

interface Props {
  readonly account: AccountRowFieldsFragment
  readonly onClose: () => void
}

/** An account is closed, never erased; what that means is said first. */
export function CloseDialog({ account, onClose }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const { id: user, version } = account
  const close = async () => {
    if (await act(() => client.mutation(CloseUserDocument, { user, version }).toPromise())) onClose()
  }
  return (
    <ConfirmDialog
      title={`Fermer le compte ${of(nameOf(account))} ?`}
      action="Fermer le compte"
      icon="lock"
      busy={busy}
      onAct={close}
      onClose={onClose}
    >
      <Refusal problem={problem} />
      <ul className="people-effects">
        <li>Cette personne ne pourra plus se connecter, et sa session s’arrête tout de suite.</li>
        <li>Elle ne recevra plus de courriel.</li>
        <li>Rien n’est effacé&nbsp;: l’auteur de ses messages et de ses saisies reste nommé.</li>
        <li>Un compte fermé peut se rouvrir, sous un nouveau mot de passe.</li>
      </ul>
    </ConfirmDialog>
  )
}
