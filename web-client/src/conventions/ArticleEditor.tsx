import { Matrix } from '../people/Matrix'
import { NO_BOXES } from '../people/matrix'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { TextArea, TextField } from '../ui/Field'
import { Segmented } from '../ui/Segmented'
import type { Choices } from './ConventionEditor'
import type { ArticleDraft } from './model'
import { OrganismList } from './OrganismList'
import { TabsField } from './TabsField'

const EFFECTS = { gives: 'Permet', forbids: 'Exclut' } as const

interface Props {
  readonly article: ArticleDraft
  readonly choices: Choices
  readonly platform: string
  readonly onChange: (change: Partial<ArticleDraft>) => void
  readonly onRemove: (() => void) | undefined
}

/** One article while it is written: forms, organisms, functions and steps, tabs, the organism's own yes. */
export function ArticleEditor({ article, choices, platform, onChange, onRemove }: Props) {
  const { number, text, forbids, consent, ticked } = article
  return (
    <fieldset className="conventions-card conventions-article">
      <legend>{number || 'Article'}</legend>
      <div className="conventions-fields">
        <TextField
          label="Numéro"
          required
          maxLength={40}
          value={number}
          onChange={({ target }) => onChange({ number: target.value })}
        />
        <div className="conventions-effect">
          <Segmented
            label="Effet de l’article"
            options={EFFECTS}
            value={forbids ? 'forbids' : 'gives'}
            onChange={(value) => onChange({ forbids: value === 'forbids' })}
          />
          {!forbids && (
            <Checkbox checked={consent} onChange={({ target }) => onChange({ consent: target.checked })}>
              Avec l’accord de chaque organisme
            </Checkbox>
          )}
        </div>
      </div>
      <TextArea label="Texte" value={text} onChange={({ target }) => onChange({ text: target.value })} />
      <Forms {...{ article, choices, onChange }} />
      <Organisms {...{ article, choices, platform, onChange }} />
      <Matrix
        label={`Fonctions et étapes, ${number}`}
        rows={choices.functions}
        draft={{ profile: null, contact: false, ticked }}
        given={NO_BOXES}
        onChange={(draft) => onChange({ ticked: draft.ticked })}
      />
      {!forbids &&
        article.forms.map((form) => (
          <TabsField
            key={form}
            {...{ platform, form }}
            value={article.tabs[form] ?? ''}
            onChange={(tabs) => onChange({ tabs: { ...article.tabs, [form]: tabs } })}
          />
        ))}
      {onRemove && (
        <p>
          <Button look="danger" icon="trash" onClick={onRemove}>
            Retirer cet article
          </Button>
        </p>
      )}
    </fieldset>
  )
}

type PartProps = Pick<Props, 'article' | 'choices' | 'onChange'>

function Forms({ article: { forms }, choices, onChange }: PartProps) {
  return (
    <fieldset className="conventions-boxes">
      <legend>Formulaires</legend>
      {choices.forms.map((form) => (
        <Checkbox key={form} checked={forms.includes(form)} onChange={() => onChange({ forms: toggled(forms, form) })}>
          {form}
        </Checkbox>
      ))}
    </fieldset>
  )
}

function Organisms({ article, choices, platform, onChange }: PartProps & { platform: string }) {
  const { groups, included, excluded } = article
  const wide = choices.groups.filter(({ key }) => !key.startsWith('department:'))
  const departments = choices.groups.filter(({ key }) => key.startsWith('department:'))
  const chosen = departments.filter(({ key }) => groups.includes(key))
  return (
    <fieldset className="conventions-boxes">
      <legend>Organismes</legend>
      {wide.map(({ key, label }) => (
        <Checkbox key={key} checked={groups.includes(key)} onChange={() => onChange({ groups: toggled(groups, key) })}>
          {label}
        </Checkbox>
      ))}
      {departments.length > 0 && (
        <details open={chosen.length > 0}>
          <summary>Départements{chosen.length > 0 && ` (${chosen.length})`}</summary>
          <div className="conventions-boxes">
            {departments.map(({ key, label }) => (
              <Checkbox
                key={key}
                checked={groups.includes(key)}
                onChange={() => onChange({ groups: toggled(groups, key) })}
              >
                {label}
              </Checkbox>
            ))}
          </div>
        </details>
      )}
      <div className="conventions-pair conventions-named">
        <OrganismList
          label="Ajouter un organisme nommé"
          {...{ platform }}
          organisms={included}
          onChange={(next) => onChange({ included: next })}
        />
        <OrganismList
          label="Écarter un organisme nommé"
          {...{ platform }}
          organisms={excluded}
          onChange={(next) => onChange({ excluded: next })}
        />
      </div>
    </fieldset>
  )
}

function toggled(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter((item) => item !== one) : [...all, one]
}
