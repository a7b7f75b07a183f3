import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { PolicyDifferenceDocument, RollbackPolicyDocument, SimulateRollbackDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { freshKey } from '../text/key'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { type Line, outcomeOf, useDesk } from './desk'
import type { Version } from './HistorySection'
import { ImpactView } from './ImpactView'
import { LineChanges } from './LineChanges'
import { mayBeSent } from './measure'
import { Unmeasured } from './Unmeasured'

/** The way back to a version: what it would put back and take away, and why one goes back. */
export function RollbackDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const { platform, version: current, refresh } = useDesk()
  const client = useClient()
  const [comment, setComment] = useState(`Retour à la version ${version.version}`)
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct()
  const [{ data, error, fetching }] = useQuery({
    query: SimulateRollbackDocument,
    variables: { platform, to: version.version },
    requestPolicy: 'network-only',
  })
  const unread = fetching ? undefined : problemOf(error)
  const impact = fetching || error ? undefined : data?.simulateRollback
  const rollBack = async () => {
    const variables = { platform, to: version.version, comment, idempotencyKey: key }
    const made = await act(() => client.mutation(RollbackPolicyDocument, variables).toPromise())
    if (made) refresh(outcomeOf(made.rollbackPolicy))
  }
  return (
    <ConfirmDialog
      title={`Revenir à la version ${version.version}\u202f?`}
      size="l"
      action="Revenir à cette version"
      busy={busy}
      ready={comment.trim() !== '' && mayBeSent({ impact, problem: unread })}
      onAct={rollBack}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>
        Une nouvelle version remettra les règles de la plateforme comme elles étaient&nbsp;; les droits des utilisateurs
        ne bougent pas, et rien n’est effacé de l’historique.
      </p>
      <TextField
        label="Motif"
        required
        maxLength={300}
        value={comment}
        onChange={({ target }) => setComment(target.value)}
      />
      <ProblemAlert problem={unread}>
        <Unmeasured problem={unread} />
      </ProblemAlert>
      {fetching && <Loading label="Mesure de l’effet sur les dossiers…" />}
      {impact && <ImpactView impact={impact} />}
      <Changes from={current} to={version.version} />
    </ConfirmDialog>
  )
}

/** The lines of the desk that come back and those that go; the others stay as they are. */
function Changes({ from, to }: { from: number; to: number }) {
  const { platform } = useDesk()
  const [{ data, error }] = useQuery({ query: PolicyDifferenceDocument, variables: { platform, from, to } })
  if (error) return <ProblemAlert problem={problemOf(error)} />
  if (!data) return <Loading label="Comparaison…" />
  const { added, closed } = data.policyDifference
  return <LineChanges added={added.filter(isOfDesk)} closed={closed.filter(isOfDesk)} />
}

/** Neither a convention's, nor a user's own. */
function isOfDesk({ ptype, values, convention }: Line): boolean {
  return !convention && (ptype === 'p' || (ptype === 'p2' && values[0]?.startsWith('profile:') === true))
}
