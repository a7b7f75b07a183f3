import { useClient } from 'urql'
import { useAct } from '../desk/useAct'
import { GiveConsentsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import type { Wish } from './OrganismConsents'

interface Props {
  readonly wish: Wish
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Says what the answer opens or closes, before it is given. */
export function ConsentDialog({ wish: { consents, given }, onClose, onDone }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct(async () => {
    const asked = consents.map(({ platform, partner, form, year, answer }) => ({
      platform: platform.code,
      partner: partner.key,
      form,
      year,
      given,
      was: answer,
    }))
    const { error } = await client.mutation(GiveConsentsDocument, { consents: asked })
    if (!error) onDone()
    return problemOf(error)
  })
  const [first] = consents
  if (!first) return null
  const what = `${first.form} ${first.year}`
  return (
    <Dialog
      title={given ? `Donner à ${first.partner.name} l’accès à ${what}` : `Fermer ${what} à ${first.partner.name}`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Annuler
          </Button>
          <Button look={given ? 'primary' : 'danger'} busy={busy} onClick={act}>
            {given ? 'Donner l’accès' : 'Fermer l’accès'}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      {given ? (
        <p>{first.effect}</p>
      ) : (
        <p>
          {first.partner.name} ne pourra plus lire ce dossier à ce titre, dès maintenant&nbsp;; ce qui a déjà été lu ou
          emporté le reste.
        </p>
      )}
      <p>Les contacts privilégiés du partenaire en sont prévenus par courriel. Vous pourrez changer d’avis.</p>
    </Dialog>
  )
}
