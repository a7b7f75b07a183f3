import { inWords, atSteps } from '../people/words'
import { Badge } from '../ui/Badge'
import type { Article } from './model'

/** One article: what it opens or forbids, on what, for whom. */
export function ArticleView({ article }: { article: Article }) {
  const { number, text, forms, grants, tabs, consent, forbids } = article
  return (
    <article className="conventions-card">
      <header className="conventions-bar">
        <h3>Article {number}</h3>
        <span className="row">
          {forbids && (
            <Badge tone="bad" icon="close">
              interdit
            </Badge>
          )}
          {consent && (
            <Badge tone="warn" icon="key">
              avec l’accord de l’organisme
            </Badge>
          )}
        </span>
      </header>
      {text && <p className="conventions-text">{text}</p>}
      <dl className="conventions-terms">
        <dt>Formulaires</dt>
        <dd>{forms.join(', ')}</dd>
        <dt>Organismes</dt>
        <dd>{organismsOf(article)}</dd>
        <dt>{forbids ? 'Interdit' : 'Permet'}</dt>
        <dd>
          <ul>
            {grants.map(({ right, label, steps }) => (
              <li key={right}>
                {label} <span className="muted">{atSteps([...steps])}</span>
              </li>
            ))}
          </ul>
        </dd>
        {tabs.length > 0 && (
          <>
            <dt>Onglets</dt>
            <dd>
              <ul>
                {tabs.map((one) => (
                  <li key={one.form}>
                    {one.form}&nbsp;: {one.tabs.join(', ')} seulement
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </article>
  )
}

function organismsOf({ groups, included, excluded }: Article): string {
  const taken = inWords([...groups.map(({ label }) => label), ...included.map(({ name }) => name)])
  const left = inWords(excluded.map(({ name }) => name))
  return left ? `${taken}, sauf ${left}` : taken
}
