import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Step } from '../gen/graphql'
import { stepNumber } from '../search/criteria'
import { Badge } from '../ui/Badge'

interface Props {
  readonly id: string
  readonly title: string
  /** Unknown until it is read. */
  readonly dossier:
    | {
        readonly form: string
        readonly year: number
        readonly organism: { readonly name: string }
        readonly step: Step
        readonly stepLabel: string
      }
    | undefined
  /** On the line of the dossier. */
  readonly beside?: ReactNode
  readonly children?: ReactNode
}

/** The head of a dossier's other pages: the way back to it, what the page is, and whose dossier. */
export function DossierPageHead({ id, title, dossier, beside, children }: Props) {
  return (
    <header className="stack">
      <p>
        <Link href={`/dossiers/${id}`}>Revenir au dossier</Link>
      </p>
      <h1>{title}</h1>
      {dossier && (
        <p className="row">
          <strong>
            {dossier.form} {dossier.year} · {dossier.organism.name}
          </strong>
          <Badge>
            Étape {stepNumber(dossier.step)} – {dossier.stepLabel}
          </Badge>
          {beside}
        </p>
      )}
      {children}
    </header>
  )
}
