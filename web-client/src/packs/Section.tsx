import { type ReactNode, useId } from 'react'
import { Loading } from '../ui/Progress'

interface Props {
  readonly title: string
  /** How it stands, in a few words beside the title. */
  readonly state?: ReactNode
  /** What is being waited for, until there is something to show. */
  readonly waiting?: string
  readonly children?: ReactNode
}

/** One question about a draft, and its answer. */
export function Section({ title, state, waiting, children }: Props) {
  const id = useId()
  return (
    <section className="packs-section packs-card" aria-labelledby={id} aria-busy={waiting ? true : undefined}>
      <header>
        <h2 id={id}>{title}</h2>
        {state}
      </header>
      {waiting ? <Loading label={waiting} /> : children}
    </section>
  )
}
