import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { DeskOverviewDocument, SetSecondSignatureDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { formatMoment } from '../text/dates'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
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
  const [isChanging, setChanging] = useState(false)
  const { busy, problem, act } = useAct()
  const required = !secondSignature
  const change = async () => {
    const data = await act(() => client.mutation(SetSecondSignatureDocument, { platform, required }).toPromise())
    if (data) refresh(said(data.setSecondSignature.secondSignature, required))
  }
  return (
    <section className="desk-section desk-card" aria-labelledby="second-title">
      <h2 id="second-title">Seconde signature</h2>
      <p>
        {secondSignature
          ? 'Chaque modification des règles attend la signature d’un second administrateur de la plateforme.'
          : 'Une modification des règles s’applique sur la seule décision de son auteur.'}
      </p>
      <p>
        <Button onClick={() => setChanging(true)}>
          {secondSignature ? 'Ne plus demander de seconde signature' : 'Demander une seconde signature'}
        </Button>
      </p>
      {isChanging && (
        <FormDialog
          title={required ? 'Demander une seconde signature' : 'Ne plus demander de seconde signature'}
          size="s"
          action={required ? 'Demander' : 'Proposer'}
          busy={busy}
          onSend={() => void change()}
          onClose={() => setChanging(false)}
        >
          <ProblemAlert problem={problem} />
          <p>
            {required
              ? 'Chaque modification attendra la signature d’un autre administrateur, celles déjà programmées aussi.'
              : 'Un autre administrateur devra signer ce changement\u202f; ensuite, chacun modifiera les règles seul.'}
          </p>
        </FormDialog>
      )}
    </section>
  )
}

function said(isRequired: boolean, wasAsked: boolean): string {
  if (isRequired && !wasAsked)
    return 'Proposé\u00a0: un autre administrateur doit signer qu’une seule signature suffira.'
  return 'Enregistré\u00a0: chaque modification attendra désormais une seconde signature.'
}
