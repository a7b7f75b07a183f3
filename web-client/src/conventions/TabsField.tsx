import { useQuery } from 'urql'
import { ConventionTabsDocument } from '../gen/graphql'
import { formatCount } from '../text/numbers'
import { TextField } from '../ui/Field'
import { codesIn } from './model'

interface Props {
  readonly platform: string
  readonly form: string
  readonly value: string
  readonly onChange: (tabs: string) => void
}

/** The tabs that an article is limited to, for one form; none means all of them. */
export function TabsField({ platform, form, value, onChange }: Props) {
  const [{ data }] = useQuery({ query: ConventionTabsDocument, variables: { platform, form } })
  const tabs = data?.conventionChoices.tabs
  const named = codesIn(value)
  const unknown = tabs ? named.filter((code) => !tabs.some((tab) => tab.code === code)) : []
  const counted = tabs ? ` (${formatCount(tabs.length)})` : ''
  const titles = named.flatMap((code) => tabs?.find((tab) => tab.code === code)?.title ?? [])
  return (
    <TextField
      label={`Onglets de ${form}`}
      hint={
        titles.length > 0
          ? titles.join(' · ')
          : `Vide\u00a0: tous${counted}\u202f; sinon leurs codes, par exemple A1 F01`
      }
      error={unknown.length > 0 ? `Onglets inconnus\u00a0: ${unknown.join(', ')}` : undefined}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
