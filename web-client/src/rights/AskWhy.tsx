import { Suspense, lazy, useState } from 'react'
import { useRoute } from 'wouter'
import type { Problem } from '../graphql/problem'
import { Button } from '../ui/Button'

// Few are refused: what explains a refusal is fetched when it is asked for.
const WhyDialog = lazy(() => import('./WhyDialog').then((module) => ({ default: module.WhyDialog })))

interface Props {
  readonly dossier: string
  readonly right: string
  readonly about?: string
  /** What the button says when it asks about someone else. */
  readonly another?: string
}

/** Opens the explanation of a refusal: the rule that decides, and who can change it. */
export function AskWhy({ dossier, right, about, another }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" icon="info" onClick={() => setOpen(true)}>
        {another ?? <>Pourquoi&#8239;?</>}
        {about && <span className="visually-hidden"> {about}</span>}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <WhyDialog dossier={dossier} right={right} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** The same, for a problem met on the page of a dossier. */
export function AskWhyRefused({ problem: { details } }: { problem: Problem }) {
  const [, params] = useRoute('/dossiers/:id/*?')
  const { right } = details
  if (!params?.id || typeof right !== 'string') return null
  return <AskWhy dossier={params.id} right={right} />
}
