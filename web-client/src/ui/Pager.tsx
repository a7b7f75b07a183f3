import { Button } from './Button'
import type { Pager as Place } from './usePager'

interface Props {
  readonly pager: Place
  readonly info: { readonly hasNextPage: boolean; readonly endCursor?: string | null } | undefined
}

/** The way to the next page and back; nothing where there is one page. */
export function Pager({ pager, info }: Props) {
  if (pager.isFirst && !info?.hasNextPage) return null
  return (
    <p className="row">
      <Button disabled={pager.isFirst} onClick={pager.previous}>
        Page précédente
      </Button>
      <Button disabled={!info?.hasNextPage} onClick={() => pager.next(info?.endCursor)}>
        Page suivante
      </Button>
    </p>
  )
}
