import { typeset } from '../../text/typeset'
import type { Checks } from '../DossierDialogs'

/** The anomalies that stop a move, each with a way to its cell. */
export function Obstacles({
  obstacles,
  checks,
  goToCell,
}: {
  obstacles: readonly { check: string; label: string }[]
  checks: Checks
  goToCell: (cell: string) => void
}) {
  if (!obstacles.length) return null
  const byCheck = new Map(checks.verification?.anomalies.map((anomaly) => [anomaly.check, anomaly]))
  return (
    <ul className="obstacles">
      {obstacles.map(({ check, label }) => {
        const cell = byCheck.get(check)?.cells[0]?.id
        return (
          <li key={check}>
            <code>{check}</code> {typeset(label)}{' '}
            {cell && (
              <button type="button" className="link-button" onClick={() => goToCell(cell)}>
                Aller à {cell}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
