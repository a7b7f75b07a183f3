import { useId, useState } from 'react'
import { useClient } from 'urql'
import { SavePolicyTestDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Segmented } from '../ui/Segmented'
import { useDesk } from './desk'
import { PartyPicker } from './PartyPicker'
import { Picked } from './Picked'
import { RuleScope } from './RuleScope'
import { StepBoxes } from './StepBoxes'
import { Swap } from './Swap'
import type { Test } from './TestsSection'
import { useAct } from './useAct'

const EXPECTED = { never: 'Jamais', always: 'Toujours' } as const

interface Props {
  readonly test: Test | undefined
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** One sentence that must stay true, and what it means: who, which function, where, at which steps. */
export function TestDialog({ test, onClose, onSaved }: Props) {
  const { platform, functions } = useDesk()
  const client = useClient()
  const form = useId()
  const [said, setSaid] = useState(() => startOf(test))
  const set = (change: Partial<typeof said>) => setSaid((known) => ({ ...known, ...change }))
  const { busy, problem, act } = useAct(async () => {
    const { year, ...rest } = said
    const variables = { ...rest, platform, id: test?.id, year: year === '' ? null : Number(year) }
    const { error } = await client.mutation(SavePolicyTestDocument, variables)
    if (!error) onSaved()
    return problemOf(error)
  })
  return (
    <Dialog
      title={test ? 'Modifier un essai' : 'Ajouter un essai'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            busy={busy}
            disabled={said.actor === '' || said.steps === '' || said.organisms.endsWith(':')}
          >
            Enregistrer l’essai
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="desk-form"
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
      >
        <ProblemAlert problem={problem} />
        <TextField
          label="Phrase"
          hint="Par exemple : la CDC ne lit jamais le dossier d’une SEM avant l’étape 4"
          required
          maxLength={300}
          data-autofocus
          value={said.sentence}
          onChange={({ target }) => set({ sentence: target.value })}
        />
        <Swap on={said.actor}>
          {said.actor ? (
            <Picked label="Qui" name={said.actor} onForget={() => set({ actor: '' })} />
          ) : (
            <PartyPicker label="Qui" onPick={(party) => set({ actor: party.key })} />
          )}
        </Swap>
        <Segmented
          label="Attendu"
          options={EXPECTED}
          value={said.expected ? 'always' : 'never'}
          onChange={(value) => set({ expected: value === 'always' })}
        />
        <SelectField label="Fonction" value={said.right} onChange={({ target }) => set({ right: target.value })}>
          {[...functions].map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </SelectField>
        <StepBoxes steps={said.steps} onChange={(steps) => set({ steps })} />
        <div className="desk-pair">
          <RuleScope
            form={said.form}
            organisms={said.organisms}
            onForm={(next) => set({ form: next })}
            onOrganisms={(organisms) => set({ organisms })}
          />
          <TextField
            label="Année"
            hint="Vide pour toutes"
            inputMode="numeric"
            pattern="[0-9]{4}"
            value={said.year}
            onChange={({ target }) => set({ year: target.value })}
          />
        </div>
      </form>
    </Dialog>
  )
}

function startOf(test: Test | undefined) {
  return {
    sentence: test?.sentence ?? '',
    actor: test?.actor ?? '',
    right: test?.right ?? 'dossier:read',
    form: test?.form ?? 'ER',
    year: test?.year ? String(test.year) : '',
    organisms: test?.organisms ?? 'all',
    steps: test?.steps ?? '0123',
    expected: test?.expected ?? false,
  }
}
