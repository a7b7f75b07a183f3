import { useState } from 'react'
import { Answer } from '../rights/Answer'
import { type When, WhenFields } from '../rights/WhenFields'
import { ME } from '../rights/whom'
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
  const [when, setWhen] = useState<When>({})
  const whom = account ? { user: account.id, name: account.name } : ME
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
        <WhenFields when={when} onChange={setWhen} />
      </div>
      {dossier && (
        <div className="desk-card">
          <Answer dossier={dossier.id} {...{ whom, right, ...when }} />
        </div>
      )}
    </section>
  )
}
