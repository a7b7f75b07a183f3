import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { DeskOverviewDocument, SetSecondSignatureDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { formatMoment } from '../text/dates'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { useDesk } from './desk'
import { ProposalCard } from './ProposalCard'

/** What waits for someone, what was decided last, and whether changes need two signatures. */
export function OverviewSection() {
  const { platform } = useDesk()
  const [{ data, error }] = useQuery({ query: DeskOverviewDocument, variables: { platform } })
  const problem = problemOf(error)
  if (!data) {
    return problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture des propositions…" />
  }
  const { proposals, versions } = data.policyDesk
  const open = proposals.filter(({ state }) => state === 'AWAITING_SIGNATURE' || state === 'SCHEDULED')
  const past = proposals.filter((proposal) => !open.includes(proposal))
  return (
    <>
      <section className="desk-section" aria-labelledby="open-title">
        <h2 id="open-title">Propositions en attente</h2>
        {open.length === 0 && <p className="muted">Aucune modification n’attend de signature ni de date.</p>}
        {open.length > 0 && (
          <ul className="desk-list">
            {open.map((proposal) => (
              <ProposalCard key={proposal.id} proposal={proposal} />
            ))}
          </ul>
        )}
      </section>
      <section className="desk-section" aria-labelledby="last-title">
        <h2 id="last-title">Dernières modifications</h2>
        <ul className="desk-list desk-last">
          {versions.edges.map(({ node: { version, at, author, comment } }) => (
            <li key={version}>
              <strong>{comment}</strong>
              <span className="muted">
                version {version}, {formatMoment(at)}, {author ?? 'système'}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {past.length > 0 && (
        <section className="desk-section" aria-labelledby="past-title">
          <h2 id="past-title">Propositions closes</h2>
          <ul className="desk-list">
            {past.map((proposal) => (
              <ProposalCard key={proposal.id} proposal={proposal} />
            ))}
          </ul>
        </section>
      )}
      <SecondSignature />
    </>
  )
}

function SecondSignature() {
  const { platform, secondSignature, refresh } = useDesk()
  const client = useClient()
  const [problem, setProblem] = useState<Problem>()
  const change = async () => {
    const required = !secondSignature
    const { data, error } = await client.mutation(SetSecondSignatureDocument, { platform, required })
    setProblem(problemOf(error))
    if (data && !error) refresh(said(data.setSecondSignature.secondSignature, required))
  }
  return (
    <section className="desk-section desk-card" aria-labelledby="second-title">
      <h2 id="second-title">Seconde signature</h2>
      <ProblemAlert problem={problem} />
      <p>
        {secondSignature
          ? 'Chaque modification des règles attend la signature d’un second administrateur de la plateforme.'
          : 'Une modification des règles s’applique sur la seule décision de son auteur.'}
      </p>
      <p>
        <Button onClick={() => void change()}>
          {secondSignature ? 'Ne plus demander de seconde signature' : 'Demander une seconde signature'}
        </Button>
      </p>
    </section>
  )
}

function said(isRequired: boolean, wasAsked: boolean): string {
  if (isRequired && !wasAsked)
    return 'Proposé\u00a0: un autre administrateur doit signer qu’une seule signature suffira.'
  return 'Enregistré\u00a0: chaque modification attendra désormais une seconde signature.'
}
