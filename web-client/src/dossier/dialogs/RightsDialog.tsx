import { AskWhy } from '../../rights/AskWhy'
import { ON_A_DOSSIER } from '../../rights/functions'
import { useSession } from '../../session/session'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { stepNumber } from '../../search/criteria'
import type { DialogProps } from '../DossierDialogs'

/** What the viewer may do on this dossier now, and for the rest why not, and who can change it. */
export function RightsDialog({ dossier, onClose }: DialogProps) {
  const held = new Set<string>(dossier.rights)
  const { viewer } = useSession()
  const may = ON_A_DOSSIER.filter(([right]) => held.has(right))
  const mayNot = ON_A_DOSSIER.filter(([right]) => !held.has(right))
  return (
    <Dialog title={`Vos droits à l’étape\u00a0${stepNumber(dossier.step)}`} onClose={onClose}>
      <section className="stack-tight">
        <h3>Vous pouvez</h3>
        <ul className="moves">
          {may.map(([right, doing]) => (
            <li key={right}>
              <Icon name="check" size={16} />
              <span>{doing}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="stack-tight">
        <h3>Vous ne pouvez pas</h3>
        <ul className="moves">
          {mayNot.map(([right, doing]) => (
            <li key={right}>
              <Icon name="lock" size={16} />
              <span>{doing}</span>
              <AskWhy dossier={dossier.id} right={right} about={doing} />
            </li>
          ))}
        </ul>
      </section>
      {viewer?.administersUsers && (
        <section className="stack-tight">
          <h3>Un collègue, une application cliente</h3>
          <p className="muted">Vous gérez des comptes&nbsp;: demandez ce qu’ils peuvent sur ce dossier.</p>
          <AskWhy dossier={dossier.id} right="dossier:read" another="Expliquer les droits d’un autre…" />
        </section>
      )}
    </Dialog>
  )
}
