import { useQuery } from 'urql'
import { ExplainAccessDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { BoxLink } from './BoxLink'
import { ExplanationView } from './ExplanationView'
import type { Whom } from './whom'

interface Question {
  readonly dossier: string
  readonly whom: Whom
  readonly right: string
  /** As if the dossier were there; nothing for its own step. */
  readonly step?: number
  /** Nothing for today. */
  readonly day?: string
}

interface Props extends Question {
  /** The window closes before another screen opens. */
  readonly onLeave?: () => void
}

/** The server's answer, once it has come; nothing stale meanwhile. */
export function useExplanation({ dossier, whom: { user, client }, right, step, day }: Question) {
  const variables = { dossier, right, user, client, step, day }
  const [{ data, error, fetching }] = useQuery({ query: ExplainAccessDocument, variables })
  const problem = problemOf(error)
  return { problem, explanation: problem || fetching ? undefined : data?.explainAccess }
}

/** Why someone may or may not, with the box that would change it for those who may change it. */
export function Answer({ onLeave, ...question }: Props) {
  const { viewer } = useSession()
  const { problem, explanation } = useExplanation(question)
  const { dossier, right } = question
  const { user, client, name } = question.whom
  const owner = client === undefined ? (user ?? viewer?.account) : undefined
  return (
    <div className="why-answer" aria-live="polite" aria-busy={!explanation && !problem}>
      <ProblemAlert problem={problem} />
      {!problem && !explanation && <Loading label="Lecture des règles…" />}
      {explanation && (
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
