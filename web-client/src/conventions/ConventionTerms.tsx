import { SelectField, TextArea, TextField } from '../ui/Field'
import type { Choices } from './ConventionEditor'
import { type ConventionDraft, type Fault, saidAt } from './model'

interface Props {
  readonly draft: ConventionDraft
  readonly faults: readonly Fault[]
  readonly partners: Choices['partners']
  readonly set: (change: Partial<ConventionDraft>) => void
}

/** The fields by their names in what is sent. */
export const FIELDS: Readonly<Record<string, string>> = {
  partner: 'Partenaire',
  title: 'Intitulé',
  purpose: 'Objet',
  since: 'Du',
  until: 'Au',
  articles: 'Articles',
  number: 'numéro',
  text: 'texte',
  forms: 'formulaires',
  groups: 'organismes',
  grants: 'fonctions et étapes',
  tabs: 'onglets',
  forbids: 'effet',
}

export function Terms({ draft, faults, partners, set }: Props) {
  const field = (name: 'partner' | 'title' | 'purpose' | 'since' | 'until') => ({
    name,
    label: FIELDS[name] ?? name,
    error: saidAt(faults, name),
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  })
  return (
    <section className="conventions-card" aria-labelledby="terms">
      <h2 id="terms">Parties, objet et durée</h2>
      <div className="conventions-fields conventions-head">
        <SelectField required {...field('partner')}>
          <option value="">Choisissez</option>
          {partners.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField required maxLength={200} {...field('title')} />
      </div>
      <div className="conventions-days">
        <TextField type="date" required {...field('since')} />
        <TextField type="date" required {...field('until')} />
      </div>
      <TextArea maxLength={5000} {...field('purpose')} />
    </section>
  )
}
