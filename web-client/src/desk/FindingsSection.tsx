import { useQuery } from 'urql'
import { useLocation } from 'wouter'
import { DeskFindingsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useMore } from '../packs/useMore'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { useDesk } from './desk'
import { type Finding, FindingList } from './FindingList'

const MOST = 50

/** Rules that do nothing, or no longer: what may be tidied without changing anyone's access. */
export function FindingsSection() {
  const { platform } = useDesk()
  const [{ data, error }] = useQuery({ query: DeskFindingsDocument, variables: { platform } })
  const problem = problemOf(error)
  const findings = data?.policyDesk.findings
  return (
    <section className="desk-section" aria-labelledby="findings-title">
      <h2 id="findings-title">Contrôle des règles</h2>
      <p className="muted">
        Règles sans effet possible, échues, en double, recouvertes, ou exclusions vaines&nbsp;: les retirer ne change
        l’accès de personne.
      </p>
      <ProblemAlert problem={problem} />
      {!findings && !problem && <Loading label="Contrôle des règles…" />}
      {findings && <Findings findings={findings} />}
    </section>
  )
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const [, navigate] = useLocation()
  const { shown, hidden, showAll } = useMore(findings, MOST)
  if (findings.length === 0) return <Alert tone="good" title="Rien à relever&nbsp;: chaque règle a son effet." />
  return (
    <>
      <p>{plural(findings.length, 'constat')}.</p>
      <FindingList findings={shown} onLines={(lines) => navigate(`/droits/regles?lignes=${lines.join(',')}`)} />
      {hidden > 0 && <Button onClick={showAll}>Afficher {plural(hidden, 'autre constat', 'autres constats')}</Button>}
    </>
  )
}
