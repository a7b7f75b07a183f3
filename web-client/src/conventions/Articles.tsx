import { Button } from '../ui/Button'
import { ArticleEditor } from './ArticleEditor'
import type { Choices } from './ConventionEditor'
import { type ArticleDraft, type ConventionDraft, type Fault, newArticle, nextNumber } from './model'

interface Props {
  readonly draft: ConventionDraft
  readonly faults: readonly Fault[]
  readonly choices: Choices
  readonly platform: string
  readonly set: (change: Partial<ConventionDraft>) => void
}

/** The articles one after the other, in the order that they will be printed in. */
export function Articles({ draft: { articles }, faults, choices, platform, set }: Props) {
  const change = (article: ArticleDraft, to: Partial<ArticleDraft>) =>
    set({ articles: articles.map((one) => (one === article ? { ...one, ...to } : one)) })
  const remove = (article: ArticleDraft) => set({ articles: articles.filter((one) => one !== article) })
  return (
    <section className="conventions-section" aria-labelledby="articles">
      <h2 id="articles">Articles</h2>
      {articles.map((article, place) => (
        <ArticleEditor
          key={article.id}
          {...{ article, place, faults, choices, platform }}
          onChange={(to) => change(article, to)}
          onRemove={articles.length > 1 ? () => remove(article) : undefined}
        />
      ))}
      <Button icon="plus" onClick={() => set({ articles: [...articles, newArticle(nextNumber(articles))] })}>
        Ajouter un article
      </Button>
    </section>
  )
}
