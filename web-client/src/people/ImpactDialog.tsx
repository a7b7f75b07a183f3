import { useClient } from 'urql'
import { SetFormRightsDocument } from '../gen/graphql'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Refusal } from './Refusal'
import { type OpenAccount, OwnRights, nameOf } from './RightsSection'
import { isConflict, useAct } from '../graphql/useAct'
import { type FormWork, changesOf, placeKey, takesAway, writeOf } from './useRights'
import { impact, of, placeName } from './words'

interface Props {
  readonly account: OpenAccount
  readonly changed: readonly FormWork[]
  readonly onRefresh: () => void
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** What saving will do, in words, form by form; then the save itself, of all the forms or of none. */
export function ImpactDialog({ account, changed, onRefresh, onClose, onSaved }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const { id: user, version } = account
  const save = async () => {
    const rights = changed.map(writeOf)
    const done = await act(() => client.mutation(SetFormRightsDocument, { user, rights, version }).toPromise())
    if (done) onSaved()
  }
  return (
    <Dialog
      title={`Enregistrer les droits ${of(nameOf(account))}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Revenir au tableau</Button>
          <Button look="primary" busy={busy} onClick={() => void save()} data-autofocus>
            Enregistrer
          </Button>
        </>
      }
    >
      <Refusal problem={problem}>
        {isConflict(problem) && (
          <Button look="quiet" icon="refresh" onClick={onRefresh}>
            Relire la fiche, en gardant mes modifications
          </Button>
        )}
      </Refusal>
      {account.isMe && changed.some(takesAway) && <OwnRights />}
      {changed.map((work) => (
        <Effect key={placeKey(work.form)} work={work} name={nameOf(account)} />
      ))}
      <Alert tone="info">
        <p>Ces droits s’appliquent dès l’enregistrement, sans que la personne ait à se reconnecter.</p>
      </Alert>
    </Dialog>
  )
}

function Effect({ work, name }: { work: FormWork; name: string }) {
  const { form, draft, saved, profile } = work
  const said = impact(name, changesOf(work))
  return (
    <section className="people-effect">
      <h3>
        {form.form} · {form.platformName}
      </h3>
      <p>{said || `Aucune case ne change pour ${name} sur ${placeName(form)}.`}</p>
      {draft.profile !== saved.profile && (
        <p>
          Son profil devient «&nbsp;{profile?.label ?? 'aucun'}&nbsp;» au lieu de «&nbsp;
          {form.profile?.label ?? 'aucun'}&nbsp;».
        </p>
      )}
      {draft.contact !== saved.contact && (
        <p>
          {draft.contact
            ? 'Cette personne devient contact privilégié : elle recevra les courriels.'
            : 'Cette personne n’est plus contact privilégié : elle ne recevra plus les courriels.'}
        </p>
      )}
    </section>
  )
}
