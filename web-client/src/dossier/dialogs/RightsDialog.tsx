import { DOINGS } from '../../people/words'
import { AskWhy } from '../../rights/AskWhy'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { stepNumber } from '../../search/criteria'
import type { DialogProps } from '../DossierDialogs'

/** Rights on more than a dossier: they are told of where they are used. */
const ELSEWHERE: ReadonlySet<string> = new Set(['notify', 'admin_users', 'consent:give', 'pack:edit', 'policy:edit'])

/** What the viewer may do on this dossier now, and for the rest why not, and who can change it. */
export function RightsDialog({ dossier, onClose }: DialogProps) {
  const held = new Set<string>(dossier.rights)
  const doings = Object.entries(DOINGS).filter(([right]) => !ELSEWHERE.has(right))
  const [may, mayNot] = [doings.filter(([right]) => held.has(right)), doings.filter(([right]) => !held.has(right))]
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
    </Dialog>
  )
}
