import { LOOKS, type Look } from './describe'

/** What each colour and sign of the grid means, always in sight. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Légende des cellules">
      {Object.entries(LOOKS).map(([look, { label, help }]) => (
        <li key={look} title={help}>
          <LookSign look={look as Look} />
          {label}
        </li>
      ))}
    </ul>
  )
}

export function LookSign({ look }: { look: Look }) {
  return <span className={`look-sign cell-${look}`} aria-hidden="true" />
}
