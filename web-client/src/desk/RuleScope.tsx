import { useQuery } from 'urql'
import { ConventionChoicesDocument } from '../gen/graphql'
import { SelectField } from '../ui/Field'
import { useDesk } from './desk'
import { PartyPicker } from './PartyPicker'
import { Picked } from './Picked'
import { Swap } from './Swap'

const EVERYONE = 'all'
const ONE = 'organism:'

interface Props {
  readonly form: string
  readonly organisms: string
  readonly onForm: (form: string) => void
  readonly onOrganisms: (organisms: string) => void
}

/** What a rule, or a stored test, is about: a form or all, a group of organisms or a single one. */
export function RuleScope({ form, organisms, onForm, onOrganisms }: Props) {
  const { platform } = useDesk()
  const [{ data }] = useQuery({ query: ConventionChoicesDocument, variables: { platform } })
  const { forms = [], groups = [] } = data?.conventionChoices ?? {}
  const isOne = organisms.startsWith(ONE)
  const named = new Map([[EVERYONE, 'Tous les organismes'], ...groups.map(({ key, label }) => [key, label] as const)])
  // One that is no longer offered stays chosen.
  if (!isOne && !named.has(organisms)) named.set(organisms, organisms)
  return (
    <>
      <SelectField label="Formulaire" value={form} onChange={({ target }) => onForm(target.value)}>
        <option value="*">Tous les formulaires</option>
        {[...new Set([...forms, ...(form === '*' ? [] : [form])])].map((code) => (
          <option key={code}>{code}</option>
        ))}
      </SelectField>
      <Swap on={isOne ? organisms : EVERYONE}>
        {organisms.length > ONE.length && isOne ? (
          <Picked label="Organisme" name={organisms.slice(ONE.length)} onForget={() => onOrganisms(EVERYONE)} />
        ) : isOne ? (
          <PartyPicker label="Organisme" hint="Nom ou SIREN" only={ONE} onPick={({ key }) => onOrganisms(key)} />
        ) : (
          <SelectField label="Organismes" value={organisms} onChange={({ target }) => onOrganisms(target.value)}>
            {[...named].map(([key, label]) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
            <option value={ONE}>Un seul organisme…</option>
          </SelectField>
        )}
      </Swap>
    </>
  )
}
