import { Checkbox } from '../ui/Checkbox'
import type { Choices } from './ConventionEditor'
import { type ArticleDraft, toggled } from './model'
import { OrganismList } from './OrganismList'

interface Props {
  readonly article: ArticleDraft
  readonly groups: Choices['groups']
  readonly platform: string
  readonly onChange: (change: Partial<ArticleDraft>) => void
}

/** For whom an article holds: kinds, departments, organisms named one by one, and those left out. */
export function ArticleOrganisms({ article, groups, platform, onChange }: Props) {
  const { included, excluded, forbids } = article
  const departments = groups.filter(isDepartment)
  const chosen = departments.filter(({ key }) => article.groups.includes(key))
  const boxes = (some: Choices['groups']) =>
    some.map(({ key, label }) => (
      <Checkbox
        key={key}
        checked={article.groups.includes(key)}
        onChange={() => onChange({ groups: toggled(article.groups, key) })}
      >
        {label}
      </Checkbox>
    ))
  return (
    <>
      <div className="conventions-groups">{boxes(groups.filter((group) => !isDepartment(group)))}</div>
      {departments.length > 0 && (
        <details open={chosen.length > 0}>
          <summary>Départements{chosen.length > 0 && ` (${chosen.length})`}</summary>
          <div className="conventions-groups conventions-departments">{boxes(departments)}</div>
        </details>
      )}
      <div className="conventions-fields">
        <OrganismList
          label="Ajouter un organisme nommé"
          {...{ platform }}
          organisms={included}
          onChange={(next) => onChange({ included: next })}
        />
        {!forbids && (
          <OrganismList
            label="Écarter un organisme nommé"
            {...{ platform }}
            organisms={excluded}
            onChange={(next) => onChange({ excluded: next })}
          />
        )}
      </div>
    </>
  )
}

function isDepartment({ key }: { readonly key: string }): boolean {
  return key.startsWith('department:')
}
