import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { DeskVersionsDocument, RollbackPolicyDocument, type VersionFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { formatMoment } from '../text/dates'
import { freshKey } from '../text/key'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { outcomeOf, useDesk } from './desk'
import { CompareForm } from './CompareForm'
import { DifferenceView } from './DifferenceView'

const PAGE = 20
const MOST = 200

type Version = VersionFieldsFragment

export interface Between {
  readonly from: number
  readonly to: number
}

/** Every accepted change, what lies between two of them, and the way back. */
export function HistorySection() {
  const { platform, version } = useDesk()
  const [first, setFirst] = useState(PAGE)
  const [{ data, error }] = useQuery({ query: DeskVersionsDocument, variables: { platform, first } })
  const [between, setBetween] = useState<Between>()
  const [back, setBack] = useState<Version>()
  const problem = problemOf(error)
  const versions = data?.policyDesk.versions
  return (
    <section className="desk-section" aria-labelledby="history-title">
      <h2 id="history-title">Historique</h2>
      <ProblemAlert problem={problem} />
      {!versions && !problem && <Loading label="Lecture de l’historique…" />}
      {versions && (
        <Versions
          versions={versions.edges.map((edge) => edge.node)}
          current={version}
          onCompare={setBetween}
          onBack={setBack}
        />
      )}
      {versions?.pageInfo.hasNextPage && first < MOST && (
        <Button onClick={() => setFirst(Math.min(first + PAGE, MOST))}>Afficher les précédentes</Button>
      )}
      {versions && versions.edges.length > 1 && (
        <CompareForm numbers={versions.edges.map((edge) => edge.node.version)} onCompare={setBetween} />
      )}
      {between && (
        <DifferenceView key={`${between.from} ${between.to}`} {...between} onClose={() => setBetween(undefined)} />
      )}
      {back && <RollbackDialog version={back} onClose={() => setBack(undefined)} />}
    </section>
  )
}

interface VersionsProps {
  readonly versions: readonly Version[]
  readonly current: number
  readonly onCompare: (between: Between) => void
  readonly onBack: (version: Version) => void
}

function Versions({ versions, current, onCompare, onBack }: VersionsProps) {
  return (
    <Scroller className="table-box" label="Versions des règles">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Date</th>
            <th scope="col">Auteur</th>
            <th scope="col">Motif</th>
            <th scope="col">Règles</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row" className="numeric">
                {version.version}{' '}
                {version.version === current && (
                  <Badge tone="good" icon="check">
                    en vigueur
                  </Badge>
                )}
              </th>
              <td className="numeric">{formatMoment(version.at)}</td>
              <td>{version.author ?? <span className="muted">système</span>}</td>
              <td>{version.comment}</td>
              <td className="numeric">
                <Counts version={version} />
              </td>
              <td>
                <span className="desk-row-actions">
                  {version.version > 1 && (
                    <Button
                      look="quiet"
                      icon="compare"
                      onClick={() => onCompare({ from: version.version - 1, to: version.version })}
                    >
                      Voir<span className="visually-hidden"> ce qu’a changé la version {version.version}</span>
                    </Button>
                  )}
                  {version.version < current && (
                    <Button look="quiet" icon="refresh" onClick={() => onBack(version)}>
                      Revenir<span className="visually-hidden"> à la version {version.version}</span>
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function Counts({ version: { added, closed } }: { version: Version }) {
  if (added + closed === 0) return <span className="muted">–</span>
  return (
    <>
      {added > 0 && plural(added, 'ajoutée')}
      {added > 0 && closed > 0 && ', '}
      {closed > 0 && plural(closed, 'retirée')}
    </>
  )
}

function RollbackDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const { platform, version: current, refresh } = useDesk()
  const client = useClient()
  const [comment, setComment] = useState(`Retour à la version ${version.version}`)
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct()
  const rollBack = async () => {
    const variables = { platform, to: version.version, comment, idempotencyKey: key }
    const data = await act(() => client.mutation(RollbackPolicyDocument, variables).toPromise())
    if (data) refresh(outcomeOf(data.rollbackPolicy))
  }
  return (
    <Dialog
      title={`Revenir à la version ${version.version} ?`}
      size="l"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Annuler
          </Button>
          <Button look="danger" busy={busy} disabled={comment.trim() === ''} onClick={() => void rollBack()}>
            Revenir à cette version
          </Button>
        </>
      }
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
      <DifferenceView from={current} to={version.version} />
    </Dialog>
  )
}
