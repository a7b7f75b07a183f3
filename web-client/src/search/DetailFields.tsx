import { useEffect, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { LabelsDocument, SearchChoicesDocument } from '../gen/graphql'
import { useSession } from '../session/session'
import { Checkbox } from '../ui/Checkbox'
import { Combobox } from '../ui/Combobox'
import { DateField } from '../ui/DateField'
import { SelectField, TextField } from '../ui/Field'
import { MultiChoice } from '../ui/MultiChoice'
import type { FieldsProps } from './SearchForm'
import { type Answer, NOWHERE, type SearchPlace } from './place'
import { organismsLike, usersLike } from './suggest'
import { CATEGORY_CHOICES, STEP_CHOICES, platformOf } from './words'

/** Every criterion of its own (manual §6.2, « recherche détaillée »). */
export function DetailFields(props: FieldsProps) {
  return (
    <div className="search-detail">
      <OrganismFields {...props} />
      <FollowUpFields {...props} />
      <DateFields {...props} />
    </div>
  )
}

function OrganismFields({ draft, onChange }: FieldsProps) {
  const client = useClient()
  const { viewer } = useSession()
  const { ofMinistry, ofFederation } = platformOf(viewer)
  return (
    <fieldset>
      <legend>Organisme</legend>
      <Combobox
        label="Nom"
        name="name"
        value={draft.name}
        onChange={(name) => onChange({ name })}
        suggest={(text) => organismsLike(client, text)}
        onChoose={({ name }) => onChange({ name })}
      />
      <Words label="Code" name="code" draft={draft} onChange={onChange} />
      <Words label="SIREN" name="siren" draft={draft} onChange={onChange} />
      <Words label="Département" name="department" draft={draft} onChange={onChange} />
      {!ofFederation && (
        <MultiChoice
          label="Type"
          all="Tous"
          choices={CATEGORY_CHOICES}
          value={draft.categories}
          onChange={(categories) => onChange({ categories })}
        />
      )}
      {ofMinistry && (
        <Question
          label="Fédération"
          name="federated"
          words={['Fédérés et non fédérés', 'Fédérés', 'Non fédérés']}
          {...{ draft, onChange }}
        />
      )}
      {viewer?.kind !== 'PARTNER' && (
        <Combobox
          label="Utilisateur"
          name="user"
          hint="Premières lettres de son nom ou de son prénom"
          value={draft.user}
          onChange={(user) => onChange({ user })}
          suggest={(text) => usersLike(client, text)}
          onChoose={({ name }) => onChange({ user: name })}
        />
      )}
    </fieldset>
  )
}

function FollowUpFields({ draft, onChange }: FieldsProps) {
  const { viewer } = useSession()
  const { ofFederation } = platformOf(viewer)
  const [{ data }] = useQuery({ query: SearchChoicesDocument })
  const [{ data: known }] = useQuery({ query: LabelsDocument })
  return (
    <fieldset>
      <legend>Suivi</legend>
      <Person label="Chargé de mission" name="officer" people={data?.officers} {...{ draft, onChange }} />
      <Person
        label="Responsable d’affaire"
        name="accountManager"
        people={data?.accountManagers}
        {...{ draft, onChange }}
      />
      <Question label="Anomalies restantes" name="anomalies" {...{ draft, onChange }} />
      <Question label="Échanges non lus" name="unread" {...{ draft, onChange }} />
      <Question label="En retard" name="late" {...{ draft, onChange }} />
      {ofFederation && <Question label="ER associé transmis" name="erTransmitted" {...{ draft, onChange }} />}
      {known && known.labels.length > 0 && (
        <MultiChoice
          label="Étiquettes"
          all="Toutes"
          choices={known.labels.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.labels}
          onChange={(labels) => onChange({ labels })}
        />
      )}
    </fieldset>
  )
}

function DateFields({ draft, wrong, onChange }: FieldsProps) {
  return (
    <fieldset>
      <legend>Dates</legend>
      <SelectField
        label="Passage à l’étape"
        value={draft.passedStep}
        onChange={({ target }) => onChange({ passedStep: target.value })}
      >
        <option value="">Étape actuelle</option>
        {STEP_CHOICES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <Interval label="Passage" since="passedSince" until="passedUntil" {...{ draft, wrong, onChange }} />
      <Interval label="Chez l’organisme" since="handedSince" until="handedUntil" {...{ draft, wrong, onChange }} />
    </fieldset>
  )
}

const NOBODY: readonly { readonly id: string; readonly name: string }[] = []
const YES_OR_NO = ['Indifférent', 'Oui', 'Non'] as const

type Change = Pick<FieldsProps, 'draft' | 'onChange'>

function Words({ label, name, draft, onChange }: Change & { label: string; name: 'code' | 'siren' | 'department' }) {
  return (
    <TextField
      label={label}
      name={name}
      autoComplete="off"
      value={draft[name]}
      onChange={({ target }) => onChange({ [name]: target.value })}
    />
  )
}

interface QuestionProps extends Change {
  readonly label: string
  readonly name: 'federated' | 'erTransmitted' | 'anomalies' | 'unread' | 'late'
  readonly words?: readonly [string, string, string]
}

function Question({ label, name, words = YES_OR_NO, draft, onChange }: QuestionProps) {
  return (
    <SelectField
      label={label}
      value={draft[name]}
      onChange={({ target }) => onChange({ [name]: target.value as Answer })}
    >
      <option value="">{words[0]}</option>
      <option value="oui">{words[1]}</option>
      <option value="non">{words[2]}</option>
    </SelectField>
  )
}

interface PersonProps extends Change {
  readonly label: string
  readonly name: 'officer' | 'accountManager'
  readonly people: typeof NOBODY | undefined
}

function Person({ label, name, people = NOBODY, draft, onChange }: PersonProps) {
  // Told at one's own platform only; an address may still ask for somebody.
  if (people.length === 0 && !draft[name]) return null
  return (
    <SelectField label={label} value={draft[name]} onChange={({ target }) => onChange({ [name]: target.value })}>
      <option value="">Tous</option>
      {people.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  )
}

interface IntervalProps extends FieldsProps {
  readonly label: string
  readonly since: 'passedSince' | 'handedSince'
  readonly until: 'passedUntil' | 'handedUntil'
}

/** A day, or an interval once the box of its second day is ticked (manual §6.2). */
function Interval({ label, since, until, draft, wrong, onChange }: IntervalProps) {
  const isInterval = useInterval(draft, until)
  return (
    <div className="search-interval">
      <DateField
        label={isInterval.on ? `${label} du` : `${label} le`}
        name={since}
        value={draft[since]}
        error={wrong[since]}
        onChange={(day) => onChange({ [since]: day })}
      />
      <Checkbox
        checked={isInterval.on}
        onChange={({ target }) => {
          isInterval.set(target.checked)
          if (!target.checked) onChange({ [until]: '' })
        }}
      >
        jusqu’au
      </Checkbox>
      <DateField
        label={`${label} au`}
        name={until}
        value={draft[until]}
        error={wrong[until]}
        disabled={!isInterval.on}
        onChange={(day) => onChange({ [until]: day })}
      />
    </div>
  )
}

function useInterval(draft: SearchPlace, until: 'passedUntil' | 'handedUntil') {
  const [isTicked, setTicked] = useState(false)
  useEffect(() => {
    if (draft === NOWHERE) setTicked(false)
  }, [draft])
  return { on: isTicked || draft[until] !== '', set: setTicked }
}
