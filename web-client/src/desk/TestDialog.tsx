import { useState } from 'react'
import { useClient } from 'urql'
import { SavePolicyTestDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { Segmented } from '../ui/Segmented'
import { useDesk } from './desk'
import { FunctionField } from './FunctionField'
import { PartyPicker } from './PartyPicker'
import { Picked } from './Picked'
import { RuleScope } from './RuleScope'
import { StepBoxes } from './StepBoxes'
import { Swap } from './Swap'
import type { Test } from './TestsSection'

const EXPECTED = { never: 'Jamais', always: 'Toujours' } as const

interface Props {
  readonly test: Test | undefined
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** One sentence that must stay true, and what it means: who, which function, where, at which steps. */
export function TestDialog({ test, onClose, onSaved }: Props) {
  const { platform } = useDesk()
  const client = useClient()
  const [said, setSaid] = useState(() => startOf(test))
  const set = (change: Partial<typeof said>) => setSaid((known) => ({ ...known, ...change }))
  const { busy, problem, act } = useAct()
  const save = async () => {
    const { year, ...rest } = said
    const variables = { ...rest, platform, id: test?.id, year: year === '' ? null : Number(year) }
    if (await act(() => client.mutation(SavePolicyTestDocument, variables).toPromise())) onSaved()
  }
  return (
    <FormDialog
      title={test ? 'Modifier un essai' : 'Ajouter un essai'}
      action="Enregistrer l’essai"
      busy={busy}
      ready={said.actor !== '' && said.steps !== '' && !said.organisms.endsWith(':')}
      onSend={() => void save()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <TextField
        label="Phrase"
        hint="Par exemple : la CDC ne lit jamais le dossier d’une SEM avant l’étape 4"
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
      <FunctionField value={said.right} onChange={(right) => set({ right })} />
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
    </FormDialog>
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
