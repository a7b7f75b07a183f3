import { useQuery } from 'urql'
import { ExplainAccessDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ExplanationView } from './ExplanationView'

interface Props {
  readonly dossier: string
  readonly right: string
  readonly onClose: () => void
}

/** Why the viewer may not, asked from where he was refused. */
export function WhyDialog({ dossier, right, onClose }: Props) {
  const [{ data, error }] = useQuery({ query: ExplainAccessDocument, variables: { dossier, right } })
  const problem = problemOf(error)
  const explanation = data?.explainAccess
  return (
    <Dialog
      title={explanation ? `Pourquoi ? ${explanation.rightLabel}` : 'Pourquoi ?'}
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-autofocus>
          Fermer
        </Button>
      }
    >
      <ProblemAlert problem={problem} />
      {!explanation && !problem && <Loading label="Lecture des règles…" />}
      {explanation && <ExplanationView explanation={explanation} />}
    </Dialog>
  )
}
