import { useQuery } from 'urql'
import type { MoveOpen } from '../dossier/DossierDialogs'
import type { DossierData } from '../dossier/useDossier'
import { DossierLifeDocument, type DossierLifeQuery } from '../gen/graphql'
import { formatDay } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'

type Life = DossierLifeQuery['dossier']
type Request = NonNullable<Life['reopeningRequest']>

interface Props {
  readonly dossier: DossierData
  readonly onOpen: (dialog: MoveOpen) => void
}

/** What everyone who opens the dossier must see of its life: who holds it, and what is asked of it. */
export default function LifeBand({ dossier, onOpen }: Props) {
  const { id, handedBackAt, step, rights } = dossier
  // Read again when the dossier has moved: what it says is of this moment.
  const [{ data }] = useQuery({ query: DossierLifeDocument, variables: { id }, requestPolicy: 'cache-and-network' })
  const life = data?.dossier
  const request = life?.reopeningRequest
  return (
    <>
      {handedBackAt && <HandedBack at={handedBackAt} last={life?.handBacks[0]} rights={rights} />}
      {request && (step === 'FINALISATION' || step === 'CLOSURE') && (
        <Asked {...{ request, onOpen }} answers={rights.includes('dossier:reopen')} />
      )}
    </>
  )
}

interface HandedProps {
  readonly at: string
  readonly last: Life['handBacks'][number] | undefined
  readonly rights: readonly string[]
}

function HandedBack({ at, last, rights }: HandedProps) {
  return (
    <Alert tone="warn" title={`Remis à l’organisme depuis le ${formatDay(at)}`}>
      <p>
        {last && (
          <>
            Motif&nbsp;: «&nbsp;<span className="message-text">{last.reason}</span>&nbsp;»
            {last.dueOn && <> À rendre avant le {formatDay(last.dueOn)}.</>}{' '}
          </>
        )}
        {rights.includes('dossier:write')
          ? 'Vous pouvez corriger le dossier\u202f; la plateforme le reprendra ensuite.'
          : 'L’organisme le corrige\u00a0: il ne change pas d’étape avant d’être repris.'}
      </p>
    </Alert>
  )
}

interface AskedProps {
  readonly request: Request
  readonly answers: boolean
  readonly onOpen: (dialog: MoveOpen) => void
}

function Asked({ request, answers, onOpen }: AskedProps) {
  const { id, accepted, askedBy, organization, askedAt, reason, answer, answeredAt } = request
  if (accepted) return null
  if (accepted === false) {
    return (
      <Alert tone="info" title={`Retour en étape 4 refusé le ${formatDay(answeredAt)}`}>
        <p>
          Réponse&nbsp;: «&nbsp;<span className="message-text">{answer}</span>&nbsp;»
        </p>
      </Alert>
    )
  }
  const reply = (isAccepted: boolean) => onOpen({ kind: 'answerReopening', request: id, accepted: isAccepted })
  return (
    <Alert tone="warn" title="Retour en étape 4 demandé">
      <p>
        Par {askedBy} ({organization}) le {formatDay(askedAt)}. Motif&nbsp;: «&nbsp;
        <span className="message-text">{reason}</span>
        &nbsp;»
      </p>
      {answers && (
        <p className="row">
          <Button look="primary" onClick={() => reply(true)}>
            Accepter…
          </Button>
          <Button onClick={() => reply(false)}>Refuser…</Button>
        </p>
      )}
    </Alert>
  )
}
