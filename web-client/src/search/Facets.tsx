import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { type DossierCriteria, FoundFacetsDocument, type FoundFacetsQuery } from '../gen/graphql'
import { formatCount } from '../text/numbers'
import { Icon } from '../ui/Icon'
import { STEPS, stepNumber } from './criteria'
import type { SearchPlace } from './place'
import { CATEGORIES } from './words'

interface Props {
  readonly criteria: DossierCriteria | null
  readonly place: SearchPlace
  /** Whether the rows are there: they come first. */
  readonly isReady: boolean
  readonly onChange: (change: Partial<SearchPlace>) => void
}

type Counts = FoundFacetsQuery['dossiers']['facets']

/** How many were found by step, kind and form, each a filter that one press adds, and another takes away. */
export function Facets({ criteria, place, isReady, onChange }: Props) {
  const [{ data }] = useQuery({
    query: FoundFacetsDocument,
    variables: { criteria },
    requestPolicy: 'network-only',
    pause: !isReady,
  })
  // Those of before stay until the others are there: nothing moves under the pointer.
  const [counts, setCounts] = useState<Counts>()
  useEffect(() => {
    if (data) setCounts(data.dossiers.facets)
  }, [data])
  const [isWide] = useState(() => window.matchMedia('(min-width: 801px)').matches)
  if (!counts || counts.forms.length === 0) return null
  const facets = (
    <>
      <Facet
        label="Étape"
        value={place.steps}
        onChange={(steps) => onChange({ steps })}
        chips={counts.steps.map(({ step, count }) => ({
          value: String(stepNumber(step)),
          label: `${stepNumber(step)} – ${STEPS[stepNumber(step)]?.short ?? STEPS[stepNumber(step)]?.label}`,
          count,
        }))}
      />
      <Facet
        label="Type"
        value={place.categories}
        onChange={(categories) => onChange({ categories })}
        chips={counts.categories.map(({ category, count }) => ({
          value: category,
          label: category,
          title: CATEGORIES[category],
          count,
        }))}
      />
      <Facet
        label="Dossier"
        value={place.forms}
        onChange={(forms) => onChange({ forms })}
        chips={counts.forms.map(({ form, count }) => ({ value: form, label: form, count }))}
      />
    </>
  )
  if (isWide) return <div className="facets">{facets}</div>
  return (
    <details className="facets">
      <summary>Répartition des résultats</summary>
      {facets}
    </details>
  )
}

interface Chip {
  readonly value: string
  readonly label: string
  readonly title?: string
  readonly count: number
}

interface FacetProps {
  readonly label: string
  readonly value: readonly string[]
  readonly chips: readonly Chip[]
  readonly onChange: (value: readonly string[]) => void
}

function Facet({ label, value, chips, onChange }: FacetProps) {
  if (chips.length === 0) return null
  return (
    <fieldset className="facet">
      <legend>{label}</legend>
      {chips.map((chip) => {
        const isOn = value.includes(chip.value)
        return (
          <button
            key={chip.value}
            type="button"
            className="chip"
            aria-pressed={isOn}
            title={chip.title}
            onClick={() => onChange(isOn ? value.filter((one) => one !== chip.value) : [...value, chip.value])}
          >
            {isOn && <Icon name="check" size={14} />}
            {chip.label} <span className="numeric">{formatCount(chip.count)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
