import { type FormEvent, type ReactNode, Suspense, lazy, useEffect, useRef, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { FoundFacetsDocument } from '../gen/graphql'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Combobox } from '../ui/Combobox'
import { MultiChoice } from '../ui/MultiChoice'
import { Loading } from '../ui/Progress'
import { NOWHERE, type SearchPlace, hasCriterion, isDetailed, shortOnly, wrongDays } from './place'
import { organismsLike } from './suggest'
import { STEP_CHOICES, formChoices, yearChoices } from './words'

const DetailFields = lazy(() => import('./DetailFields').then((module) => ({ default: module.DetailFields })))

const ALL = { criteria: null }
const NO_CRITERION = 'Indiquez au moins un critère avant de lancer la recherche.'

export interface FieldsProps {
  readonly draft: SearchPlace
  readonly wrong: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<SearchPlace>) => void
}

interface Props {
  readonly place: SearchPlace
  readonly onSearch: (place: SearchPlace) => void
  readonly onReset: () => void
  /** Beside the box that opens the detailed search. */
  readonly children: ReactNode
}

/** What to search for (manual §6.2): the universal field, or each criterion; nothing is searched before it is asked. */
export function SearchForm({ place, onSearch, onReset, children }: Props) {
  const [draft, setDraft] = useState(place)
  const [isOpen, setOpen] = useState(() => isDetailed(place))
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    setDraft(place)
    setWrong({})
    if (isDetailed(place)) setOpen(true)
  }, [place])
  const change = (part: Partial<SearchPlace>) => {
    setDraft((known) => ({ ...known, ...part }))
    setWrong({})
  }
  const search = (asked: SearchPlace) => {
    const days = wrongDays(asked)
    const [wrongDay] = Object.keys(days)
    const first = wrongDay ?? (hasCriterion(asked) ? undefined : 'text')
    setWrong(wrongDay || !first ? days : { text: NO_CRITERION })
    if (first === undefined) onSearch(asked)
    else form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
  }
  const reset = () => {
    setDraft(NOWHERE)
    setWrong({})
    onReset()
    form.current?.querySelector<HTMLElement>('[name="text"]')?.focus()
  }
  const open = (isDetail: boolean) => {
    setOpen(isDetail)
    if (!isDetail) change(shortOnly(draft))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    search(draft)
  }
  return (
    <search>
      <form ref={form} className="search-form" onSubmit={submit} noValidate>
        <ShortFields draft={draft} wrong={wrong} onChange={change} onChoose={(text) => search({ ...draft, text })} />
        <div className="search-options">
          <Checkbox checked={isOpen} onChange={({ target }) => open(target.checked)}>
            Recherche détaillée
          </Checkbox>
          {children}
        </div>
        {isOpen && (
          <Suspense fallback={<Loading label="Ouverture des critères…" />}>
            <DetailFields draft={draft} wrong={wrong} onChange={change} />
          </Suspense>
        )}
        <div className="search-actions">
          <Button type="submit" look="primary" icon="search">
            Rechercher
          </Button>
          <Button look="quiet" onClick={reset}>
            Réinitialiser
          </Button>
        </div>
      </form>
    </search>
  )
}

function ShortFields({ draft, wrong, onChange, onChoose }: FieldsProps & { onChoose: (text: string) => void }) {
  const client = useClient()
  const [{ data }] = useQuery({ query: FoundFacetsDocument, variables: ALL, requestPolicy: 'cache-first' })
  const known = data?.dossiers.facets
  return (
    <div className="search-short">
      <Combobox
        label="Organisme"
        name="text"
        icon="search"
        placeholder="Nom, SIREN, code ou département"
        error={wrong.text}
        value={draft.text}
        onChange={(text) => onChange({ text })}
        suggest={(text) => organismsLike(client, text)}
        onChoose={({ siren }) => {
          onChange({ text: siren })
          onChoose(siren)
        }}
      />
      <MultiChoice
        label="Formulaire"
        all="Tous"
        choices={formChoices(
          known?.forms.map(({ form }) => form),
          draft.forms,
        )}
        value={draft.forms}
        onChange={(forms) => onChange({ forms })}
      />
      <MultiChoice
        label="Année"
        all="Toutes"
        choices={yearChoices(
          known?.years.map(({ year }) => year),
          draft.years,
        )}
        value={draft.years}
        onChange={(years) => onChange({ years })}
      />
      <MultiChoice
        label="Étape"
        all="Toutes"
        choices={STEP_CHOICES}
        value={draft.steps}
        onChange={(steps) => onChange({ steps })}
      />
    </div>
  )
}
