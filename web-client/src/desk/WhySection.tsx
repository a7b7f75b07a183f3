import { useState } from 'react'
import { useQuery } from 'urql'
import { ExplainAccessDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { ExplanationView } from '../rights/ExplanationView'
import { STEPS } from '../search/criteria'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { type Account, AccountPicker } from './AccountPicker'
import { DossierPicker, type PickedDossier } from './DossierPicker'
import { FunctionField } from './FunctionField'
import { Picked } from './Picked'
import { Swap } from './Swap'

/** « X peut-il… sur ce dossier, à l’étape 4 ? », and the rule that decides. */
export function WhySection() {
  const [dossier, setDossier] = useState<PickedDossier>()
  const [account, setAccount] = useState<Account>()
  const [right, setRight] = useState('dossier:read')
  const [step, setStep] = useState('')
  const [day, setDay] = useState('')
  return (
    <section className="desk-section" aria-labelledby="why-title">
      <h2 id="why-title">Pourquoi&nbsp;?</h2>
      <p className="muted">
        Choisissez une personne, un dossier et une fonction&nbsp;: la règle qui décide est nommée, avec son article.
      </p>
      <div className="desk-card desk-question">
        <Swap on={account?.id}>
          {account ? (
            <Picked label="Personne" name={account.name} onForget={() => setAccount(undefined)} />
          ) : (
            <AccountPicker onPick={setAccount} />
          )}
        </Swap>
        <Swap on={dossier?.id}>
          {dossier ? (
            <Picked label="Dossier" name={dossier.name} onForget={() => setDossier(undefined)} />
          ) : (
            <DossierPicker onPick={setDossier} />
          )}
        </Swap>
        <FunctionField value={right} onChange={setRight} />
        <SelectField label="Étape" value={step} onChange={({ target }) => setStep(target.value)}>
          <option value="">celle du dossier</option>
          {STEPS.map(({ label }, number) => (
            <option key={label} value={number}>
              {number} – {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Jour"
          hint="Aujourd’hui si vous ne le changez pas"
          type="date"
          value={day}
          onChange={({ target }) => setDay(target.value)}
        />
      </div>
      {dossier && <Answer {...{ dossier: dossier.id, user: account?.id, name: account?.name, right, step, day }} />}
    </section>
  )
}

interface Question {
  readonly dossier: string
  readonly user: string | undefined
  readonly name: string | undefined
  readonly right: string
  readonly step: string
  readonly day: string
}

function Answer({ dossier, user, name, right, step, day }: Question) {
  const [{ data, error, fetching }] = useQuery({
    query: ExplainAccessDocument,
    variables: { dossier, user, right, step: step === '' ? null : Number(step), day: day || null },
  })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data || fetching) return <Loading label="Lecture des règles…" />
  return (
    <div className="desk-card" aria-live="polite">
      <p className="desk-asked">
        {name ?? 'Vous'}, « {data.explainAccess.rightLabel} », étape {data.explainAccess.step}&nbsp;:
      </p>
      <ExplanationView explanation={data.explainAccess} />
    </div>
  )
}
