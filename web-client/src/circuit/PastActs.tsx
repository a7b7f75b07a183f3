import type { CircuitQuery } from '../gen/graphql'
import { ActLine } from './ActLine'
import type { Visa } from './words'

type Past = CircuitQuery['dossier']['visaActs']

/** What was answered in the rounds and at the steps before, the latest first. */
export function PastActs({ acts, visas }: { acts: Past; visas: readonly Visa[] }) {
  const present = new Set(visas.flatMap((visa) => visa.acts.map(({ at }) => `${visa.code} ${at}`)))
  const past = acts.filter(({ visa, at }) => !present.has(`${visa} ${at}`))
  if (past.length === 0) return null
  return (
    <details>
      <summary>Réponses des tours précédents ({past.length})</summary>
      <ul className="stack-tight">
        {past.map((act) => (
          <li key={`${act.visa} ${act.author} ${act.at}`}>
            <p className="muted">{act.label}</p>
            <ActLine act={act} nature={act.nature} />
          </li>
        ))}
      </ul>
    </details>
  )
}
