import { useState } from 'react'
import { useQuery } from 'urql'
import { ConsentsDocument, type ConsentFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { Alert } from '../ui/Alert'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ConsentCard } from './ConsentCard'
import { ConsentDialog } from './ConsentDialog'
import { ReadersSection } from './ReadersSection'
import { ReadingsSection } from './ReadingsSection'

export type Consent = ConsentFieldsFragment
export interface Wish {
  readonly consents: readonly Consent[]
  readonly given: boolean
}

/** Each access that a convention leaves to the organism's own word, campaign by campaign. */
export function OrganismConsents() {
  const { viewer } = useSession()
  const [{ data, error }, ask] = useQuery({ query: ConsentsDocument, variables: {} })
  const [wish, setWish] = useState<Wish>()
  const [settled, setSettled] = useState<Consent>()
  const again = () => ask({ requestPolicy: 'network-only' })
  const problem = problemOf(error)
  const campaigns = byCampaign(data?.consents ?? [])
  const mayGive = viewer?.givesConsents ?? false
  return (
    <>
      <header className="consents-header">
        <h1>Accès des partenaires</h1>
        <p className="muted">
          Certaines conventions n’ouvrent vos dossiers à un partenaire qu’avec votre accord. Vous le donnez ou le
          refusez par formulaire et par année, et vous pouvez changer d’avis à tout moment&nbsp;: l’effet est immédiat.
        </p>
      </header>
      {!mayGive && (
        <Alert tone="info">
          <p>Vous pouvez lire ces accès&nbsp;; seul un administrateur de votre organisme peut les changer.</p>
        </Alert>
      )}
      <ProblemAlert problem={problem} />
      {!data && !problem && <Loading label="Lecture des accès…" />}
      {data && campaigns.length === 0 && <p>Aucune convention ne demande votre accord aujourd’hui.</p>}
      {campaigns.map(({ form, year, consents }) => (
        <section key={`${form} ${year}`} className="consents-section" aria-label={`${form} ${year}`}>
          <h2>
            {form} {year}
          </h2>
          <ul className="consents-cards">
            {consents.map((consent) => (
              <ConsentCard
                key={`${consent.platform.code} ${consent.partner.key}`}
                consent={consent}
                wasSettled={settled !== undefined && settled !== consent && isSame(settled, consent)}
                onAsk={mayGive ? (given) => setWish({ consents: [consent], given }) : undefined}
              />
            ))}
          </ul>
          <ReadersSection form={form} year={year} />
        </section>
      ))}
      {data && <ReadingsSection />}
      {wish && (
        <ConsentDialog
          wish={wish}
          onClose={() => setWish(undefined)}
          onStale={again}
          onDone={() => {
            setSettled(wish.consents[0])
            setWish(undefined)
            again()
          }}
        />
      )}
    </>
  )
}

function isSame(one: Consent, other: Consent): boolean {
  return placeOf(one) === placeOf(other)
}

function placeOf({ platform, partner, form, year }: Consent): string {
  return `${platform.code} ${partner.key} ${form} ${year}`
}

/** The latest campaign first. */
function byCampaign(consents: readonly Consent[]) {
  const campaigns = new Map<string, { form: string; year: number; consents: Consent[] }>()
  for (const consent of consents) {
    const { form, year } = consent
    const campaign = campaigns.get(`${form} ${year}`) ?? { form, year, consents: [] }
    campaign.consents.push(consent)
    campaigns.set(`${form} ${year}`, campaign)
  }
  return [...campaigns.values()].toSorted((one, other) => other.year - one.year || one.form.localeCompare(other.form))
}
