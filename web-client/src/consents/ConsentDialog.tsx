import { useClient } from 'urql'
import { GiveConsentsDocument } from '../gen/graphql'
import { isConflict, useAct } from '../graphql/useAct'
import { problemOf } from '../graphql/problem'
import { Refusal } from '../people/Refusal'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import type { Wish } from './OrganismConsents'

interface Props {
  readonly wish: Wish
  readonly onClose: () => void
  readonly onDone: () => void
  /** Someone else has answered meanwhile. */
  readonly onStale: () => void
}

/** Says what the answer opens or closes, before it is given. */
export function ConsentDialog({ wish: { consents, given }, onClose, onDone, onStale }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const give = async () => {
    const asked = consents.map(({ platform, partner, form, year, answer }) => ({
      platform: platform.code,
      partner: partner.key,
      form,
      year,
      given,
      was: answer,
    }))
    await act(async () => {
      const answer = await client.mutation(GiveConsentsDocument, { consents: asked }).toPromise()
      if (!answer.error) onDone()
      if (isConflict(problemOf(answer.error))) onStale()
      return answer
    })
  }
  const [first] = consents
  if (!first) return null
  const what = `${first.form} ${first.year}`
  return (
    <ConfirmDialog
      title={given ? `Donner à ${first.partner.name} l’accès à ${what}` : `Fermer ${what} à ${first.partner.name}`}
      action={given ? 'Donner l’accès' : 'Fermer l’accès'}
      look={given ? 'primary' : 'danger'}
      busy={busy}
      onAct={give}
      onClose={onClose}
    >
      <Refusal problem={problem} />
      {given ? (
        <p>
          {first.partner.name} pourra dès maintenant&nbsp;: {first.effect}.
        </p>
      ) : (
        <p>
          {first.partner.name} ne pourra plus lire ce dossier à ce titre, dès maintenant&nbsp;; ce qui a déjà été lu ou
          emporté le reste.
        </p>
      )}
      <p>Les contacts privilégiés du partenaire en sont prévenus par courriel. Vous pourrez changer d’avis.</p>
    </ConfirmDialog>
  )
}
