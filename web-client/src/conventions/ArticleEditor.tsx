import { type ReactNode, useId } from 'react'
import { Matrix } from '../people/Matrix'
import { NO_BOXES } from '../people/matrix'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { TextArea, TextField } from '../ui/Field'
import { Segmented } from '../ui/Segmented'
import { ArticleOrganisms } from './ArticleOrganisms'
import type { Choices } from './ConventionEditor'
import { type ArticleDraft, type Fault, saidAt, toggled } from './model'
import { TabsField } from './TabsField'

const EFFECTS = { gives: 'Permet', forbids: 'Interdit' } as const

interface Props {
  readonly article: ArticleDraft
  /** Its rank among the articles, by which the server names it. */
  readonly place: number
  readonly faults: readonly Fault[]
  readonly choices: Choices
  readonly platform: string
  readonly onChange: (change: Partial<ArticleDraft>) => void
  readonly onRemove: (() => void) | undefined
}

/** One article while it is written: forms, organisms, functions and steps, tabs, the organism's own yes. */
export function ArticleEditor({ article, place, faults, choices, platform, onChange, onRemove }: Props) {
  const { number, text, forms, forbids, ticked } = article
  const at = (field: string) => {
    const name = `articles.${place}.${field}`
    return { name, error: saidAt(faults, name) }
  }
  return (
    <fieldset className="conventions-card conventions-article">
      <legend>Article {number}</legend>
      <div className="conventions-fields conventions-effect">
        <TextField
          label="Numéro"
          required
          maxLength={20}
          {...at('number')}
          value={number}
          onChange={({ target }) => onChange({ number: target.value })}
        />
        <Part title="Effet" {...at('forbids')}>
          <Effect {...{ article, onChange }} />
        </Part>
      </div>
      <TextArea
        label="Texte"
        maxLength={5000}
        {...at('text')}
        value={text}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      <Part title="Formulaires" {...at('forms')}>
        <div className="conventions-boxes">
          {choices.forms.map((form) => (
            <Checkbox
              key={form}
              checked={forms.includes(form)}
              onChange={() => onChange({ forms: toggled(forms, form) })}
            >
              {form}
            </Checkbox>
          ))}
        </div>
      </Part>
      <Part title="Organismes" {...at('groups')}>
        <ArticleOrganisms {...{ article, platform, onChange }} groups={choices.groups} />
      </Part>
      <Part title="Fonctions et étapes" {...at('grants')}>
        <Matrix
          label={`Fonctions et étapes de l’article ${number}`}
          rows={choices.functions}
          draft={{ profile: null, contact: false, ticked }}
          given={NO_BOXES}
          onChange={(draft) => onChange({ ticked: draft.ticked })}
        />
      </Part>
      {!forbids && forms.length > 0 && (
        <Part title="Onglets ouverts" {...at('tabs')}>
          <div className="conventions-fields">
            {forms.map((form) => (
              <TabsField
                key={form}
                {...{ platform, form }}
                value={article.tabs[form] ?? ''}
                onChange={(tabs) => onChange({ tabs: { ...article.tabs, [form]: tabs } })}
              />
            ))}
          </div>
        </Part>
      )}
      {onRemove && (
        <p>
          <Button look="quiet" icon="trash" onClick={onRemove}>
            Retirer l’article {number}
          </Button>
        </p>
      )}
    </fieldset>
  )
}

function Effect({ article: { forbids, consent }, onChange }: Pick<Props, 'article' | 'onChange'>) {
  return (
    <div className="conventions-boxes">
      <Segmented
        label="Effet de l’article"
        options={EFFECTS}
        value={forbids ? 'forbids' : 'gives'}
        onChange={(value) => onChange(value === 'forbids' ? { forbids: true, consent: false } : { forbids: false })}
      />
      {!forbids && (
        <Checkbox checked={consent} onChange={({ target }) => onChange({ consent: target.checked })}>
          Avec l’accord de chaque organisme
        </Checkbox>
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly name: string
  readonly error: string | undefined
  readonly children: ReactNode
}

/** Several controls that answer one question; what the server finds wrong there leads to it. */
function Part({ title, name, error, children }: PartProps) {
  const id = useId()
  return (
    <fieldset name={name} tabIndex={-1} className="conventions-part" aria-describedby={error ? id : undefined}>
      <legend>{title}</legend>
      {children}
      {error && (
        <p id={id} className="field-error">
          {error}
        </p>
      )}
    </fieldset>
  )
}
