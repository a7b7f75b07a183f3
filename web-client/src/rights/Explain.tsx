import { Suspense, lazy } from 'react'
import type { Whom } from './whom'

// Asked for now and then: fetched when it is.
const ExplainDialog = lazy(() => import('./ExplainDialog').then((module) => ({ default: module.ExplainDialog })))

/** The window that explains someone's rights. */
export function Explain(props: { whom: Whom; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <ExplainDialog {...props} />
    </Suspense>
  )
}
