import { useState } from 'react'
import { useQuery } from 'urql'
import { WhatCanSeeDocument, type WhatCanSeeQuery, WhoCanSeeDocument, type WhoCanSeeQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatCount, plural } from '../text/numbers'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { Segmented } from '../ui/Segmented'
import { DossierPicker, type PickedDossier } from './DossierPicker'
import { type Party, PartyPicker } from './PartyPicker'
import { FunctionField } from './FunctionField'
import { Picked } from './Picked'
import { Swap } from './Swap'

const SIDES = { dossier: 'Par dossier', organization: 'Par organisation' } as const

/** Who can see a dossier today; what an organization can see today. */
export function WhoSection() {
  const [side, setSide] = useState<keyof typeof SIDES>('dossier')
  const [right, setRight] = useState('dossier:read')
  const [dossier, setDossier] = useState<PickedDossier>()
  const [party, setParty] = useState<Party>()
  return (
    <section className="desk-section" aria-labelledby="who-title">
      <h2 id="who-title">Qui voit quoi&nbsp;?</h2>
      <Segmented label="Question" options={SIDES} value={side} onChange={setSide} />
      <div className="desk-card desk-question">
        <Swap key={side} on={side === 'dossier' ? dossier?.id : party?.id}>
          {side === 'dossier' &&
            (dossier ? (
              <Picked label="Dossier" name={dossier.name} onForget={() => setDossier(undefined)} />
            ) : (
              <DossierPicker onPick={setDossier} />
            ))}
          {side === 'organization' &&
            (party ? (
              <Picked label="Organisation" name={party.name} onForget={() => setParty(undefined)} />
            ) : (
              <PartyPicker label="Organisation" hint="Nom ou clé" onPick={setParty} />
            ))}
        </Swap>
        <FunctionField value={right} onChange={setRight} />
      </div>
      {side === 'dossier' && dossier && <Who dossier={dossier.id} right={right} />}
      {side === 'organization' && party && <What organization={party.id} right={right} />}
    </section>
  )
}

function Who({ dossier, right }: { dossier: string; right: string }) {
  const [{ data, error }] = useQuery({ query: WhoCanSeeDocument, variables: { dossier, right } })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data) return <Loading label="Lecture des règles…" />
  const found = data.whoCanSee
  return (
    <div className="desk-answer" aria-live="polite">
      <p>
        {found.length === 0
          ? 'Personne aujourd’hui.'
          : `${plural(found.length, 'organisation le peut', 'organisations le peuvent')} aujourd’hui.`}
      </p>
      <ul className="desk-who">
        {found.map((one) => (
          <Organization key={one.organization.key} one={one} />
        ))}
      </ul>
    </div>
  )
}

function Organization({ one: { organization, refs, accounts, more } }: { one: WhoCanSeeQuery['whoCanSee'][number] }) {
  return (
    <li className="desk-card">
      <h3>{organization.name}</h3>
      <p className="muted">{refs.join(' · ')}</p>
      <ul className="desk-names">
        {accounts.map(({ subject, name }) => (
          <li key={subject}>{name}</li>
        ))}
        {more > 0 && <li className="muted">et {plural(more, 'autre compte', 'autres comptes')}</li>}
      </ul>
    </li>
  )
}

type Seen = WhatCanSeeQuery['whatCanSee'][number]

function What({ organization, right }: { organization: string; right: string }) {
  const [{ data, error }] = useQuery({ query: WhatCanSeeDocument, variables: { organization, right } })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data) return <Loading label="Décompte des dossiers…" />
  const rows = byCampaign(data.whatCanSee)
  const total = data.whatCanSee.reduce((sum, { dossiers }) => sum + dossiers, 0)
  return (
    <div className="desk-answer" aria-live="polite">
      <p>{total === 0 ? 'Aucun dossier aujourd’hui.' : `${plural(total, 'dossier')} aujourd’hui.`}</p>
      {rows.length > 0 && (
        <Scroller className="table-box" label="Dossiers par formulaire et par étape">
          <table>
            <thead>
              <tr>
                <th scope="col">Formulaire</th>
                {[0, 1, 2, 3, 4, 5, 6].map((step) => (
                  <th key={step} scope="col" className="numeric">
                    Étape {step}
                  </th>
                ))}
                <th scope="col">Article</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ campaign, steps, refs }) => (
                <tr key={campaign}>
                  <th scope="row">{campaign}</th>
                  {[0, 1, 2, 3, 4, 5, 6].map((step) => (
                    <td key={step} className="numeric">
                      {steps.has(step) ? formatCount(steps.get(step) ?? 0) : <span className="muted">–</span>}
                    </td>
                  ))}
                  <td className="muted">{refs.join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </div>
  )
}

function byCampaign(seen: readonly Seen[]) {
  const rows = new Map<string, { campaign: string; steps: Map<number, number>; refs: string[] }>()
  for (const { form, year, step, dossiers, refs } of seen) {
    const campaign = `${form} ${year}`
    const row = rows.get(campaign) ?? { campaign, steps: new Map<number, number>(), refs: [] }
    row.steps.set(step, (row.steps.get(step) ?? 0) + dossiers)
    row.refs = [...new Set([...row.refs, ...refs])]
    rows.set(campaign, row)
  }
  return [...rows.values()]
}
