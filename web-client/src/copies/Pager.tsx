import { Button } from '../ui/Button'
import type { Pages } from './usePages'

interface Props {
  readonly pages: Pages
  readonly info: { readonly hasNextPage: boolean; readonly endCursor: string | null } | undefined
}

/** The way to the next page and back; nothing where there is one page. */
export function Pager({ pages, info }: Props) {
  if (pages.isFirst && !info?.hasNextPage) return null
  return (
    <p className="row">
      <Button disabled={pages.isFirst} onClick={pages.previous}>
        Page précédente
      </Button>
      <Button disabled={!info?.hasNextPage} onClick={() => pages.next(info?.endCursor)}>
        Page suivante
      </Button>
    </p>
  )
}
