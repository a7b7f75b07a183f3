import type { DialogProps, Move } from '../dossier/DossierDialogs'
import { AdvanceDossierDocument } from '../gen/graphql'
import { ContactsFields } from './ContactsFields'
import { MoveDialog } from './MoveDialog'
import { StepChange } from './StepChange'
import { useContacts } from './useContacts'

/** Initialises a dossier: whom the platform may call is confirmed first, as known from last year. */
export function InitialiseDialog({ move, ...of }: DialogProps & { move: Move }) {
  const { dossier } = of
  const contacts = useContacts(dossier.id)
  return (
    <MoveDialog
      {...{ of }}
      title={move.label}
      action="Confirmer et initialiser"
      send={async (once) => {
        const variables = { dossier: dossier.id, move: move.name, contacts: contacts.sent }
        return contacts.judge(await once(AdvanceDossierDocument, variables))
      }}
    >
      <StepChange dossier={dossier} to={move.target} />
      <ContactsFields {...contacts} />
    </MoveDialog>
  )
}
