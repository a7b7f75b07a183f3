import { useQuery } from 'urql'
import { ExplainAccessDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { BoxLink } from './BoxLink'
import { ExplanationView } from './ExplanationView'
import type { Whom } from './whom'

interface Props {
  readonly dossier: string
  readonly whom: Whom
  readonly right: string
  /** As if the dossier were there; nothing for its own step. */
  readonly step?: number
  /** Nothing for today. */
  readonly day?: string
  /** The window closes before another screen opens. */
  readonly onLeave: () => void
}

/** Why someone may or may not, with the box that would change it for those who may change it. */
export function Answer({ dossier, whom, right, step, day, onLeave }: Props) {
  const { viewer } = useSession()
  const { user, client, name } = whom
  const [{ data, error, fetching }] = useQuery({
    query: ExplainAccessDocument,
    variables: { dossier, right, user, client, step, day },
  })
  const problem = problemOf(error)
  const explanation = data?.explainAccess
  const owner = client === undefined ? (user ?? viewer?.account) : undefined
  return (
    <div className="why-answer" aria-live="polite" aria-busy={fetching}>
      <ProblemAlert problem={problem} />
      {!problem && (!explanation || fetching) && <Loading label="Lecture des règles…" />}
      {!problem && explanation && !fetching && (
        <>
          <p className="muted">
            {name}, «&nbsp;{explanation.rightLabel}&nbsp;», étape&nbsp;{explanation.step}&nbsp;:
          </p>
          <ExplanationView
            explanation={explanation}
            box={
              viewer?.administersUsers &&
              owner && <BoxLink user={owner} step={explanation.step} {...{ dossier, right, onLeave }} />
            }
          />
        </>
      )}
    </div>
  )
}
