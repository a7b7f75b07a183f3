import type { ActFieldsFragment, VisaNature } from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { Icon } from '../ui/Icon'
import { answerLabel } from './words'

/** What was answered, by whom, when, and why. */
export function ActLine({ act, nature }: { act: ActFieldsFragment; nature: VisaNature }) {
  const { answer, author, standsFor, at, reason, lapsed } = act
  return (
    <>
      <p>
        <strong>{lapsed ? <s>{answerLabel(answer, nature)}</s> : answerLabel(answer, nature)}</strong> – {author}
        {standsFor && `, pour ${standsFor}`}, le {formatMoment(at)}
      </p>
      {lapsed && (
        <p className="muted">
          <Icon name="info" size={14} /> Le dossier a été modifié depuis&nbsp;: cette décision est à redonner.
        </p>
      )}
      {reason && <p>«&nbsp;{reason}&nbsp;»</p>}
    </>
  )
}
