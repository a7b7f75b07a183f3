import { useState } from 'react'
import type { PolicyLineInput } from '../gen/graphql'
import { Checkbox } from '../ui/Checkbox'
import { TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { Segmented } from '../ui/Segmented'
import { useDesk } from './desk'
import { FunctionField } from './FunctionField'
import { type Party, PartyPicker } from './PartyPicker'
import { Picked } from './Picked'
import { RuleScope } from './RuleScope'
import { StepBoxes } from './StepBoxes'
import { Swap } from './Swap'

const EFFECTS = { allow: 'Permet', deny: 'Exclut' } as const

interface Rule {
  readonly form: string
  readonly orgs: string
  readonly act: string
  readonly steps: string
  readonly since: string
  readonly until: string
  readonly consent: boolean
  readonly tabs: string
  readonly eft: keyof typeof EFFECTS
  readonly ref: string
}

const START: Rule = {
  form: '*',
  orgs: 'all',
  act: 'dossier:read',
  steps: '456',
  since: '',
  until: '',
  consent: false,
  tabs: '*',
  eft: 'allow',
  ref: '',
}

interface Props {
  readonly onClose: () => void
  readonly onAdd: (line: PolicyLineInput) => void
}

/** One rule of the first layer, field by field; the server says whether each of them is known. */
export function RuleDialog({ onClose, onAdd }: Props) {
  const { platform } = useDesk()
  const [actor, setActor] = useState<Party>()
  const [rule, setRule] = useState(START)
  const set = (change: Partial<Rule>) => setRule((known) => ({ ...known, ...change }))
  const submit = () => {
    if (!actor) return
    const { act, steps, since, until, consent, tabs, eft, ref, orgs } = rule
    const dates = [since || '1900-01-01', until || '9999-12-31']
    const answer = consent && eft === 'allow' ? 'yes' : 'no'
    const values = [actor.key, platform, rule.form, orgs, act, steps, ...dates, answer, tabs, eft, ref]
    onAdd({ ptype: 'p', values })
  }
  return (
    <FormDialog
      title="Ajouter une règle"
      action="Ajouter à la modification"
      ready={actor !== undefined && rule.steps !== '' && !rule.orgs.endsWith(':')}
      onSend={submit}
      onClose={onClose}
    >
      <Swap on={actor?.key}>
        {actor ? (
          <Picked label="Qui" name={actor.name} onForget={() => setActor(undefined)} />
        ) : (
          <PartyPicker label="Qui" hint="Partenaire, exploitant ou organisme" isFirst onPick={setActor} />
        )}
      </Swap>
      <Segmented label="Effet" options={EFFECTS} value={rule.eft} onChange={(eft) => set({ eft, tabs: '*' })} />
      <RuleFields rule={rule} set={set} />
    </FormDialog>
  )
}

function RuleFields({ rule, set }: { rule: Rule; set: (change: Partial<Rule>) => void }) {
  return (
    <>
      <FunctionField value={rule.act} onChange={(act) => set({ act })} />
      <StepBoxes steps={rule.steps} onChange={(steps) => set({ steps })} />
      <div className="desk-pair">
        <RuleScope
          form={rule.form}
          organisms={rule.orgs}
          onForm={(form) => set({ form })}
          onOrganisms={(orgs) => set({ orgs })}
        />
        <TextField label="Du" type="date" value={rule.since} onChange={({ target }) => set({ since: target.value })} />
        <TextField label="Au" type="date" value={rule.until} onChange={({ target }) => set({ until: target.value })} />
        {rule.eft === 'allow' && (
          <TextField
            label="Onglets"
            hint="* pour tous, sinon A1+F01"
            value={rule.tabs}
            onChange={({ target }) => set({ tabs: target.value })}
          />
        )}
        <TextField
          label="Article"
          required
          maxLength={300}
          value={rule.ref}
          onChange={({ target }) => set({ ref: target.value })}
        />
      </div>
      {rule.eft === 'allow' && (
        <Checkbox checked={rule.consent} onChange={({ target }) => set({ consent: target.checked })}>
          Avec l’accord de l’organisme
        </Checkbox>
      )}
    </>
  )
}
