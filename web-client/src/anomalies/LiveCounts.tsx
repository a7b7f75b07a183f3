import { SEVERITIES } from '../cells/describe'
import type { Counts, Overlay } from '../cells/overlay'
import { useVersion } from '../cells/useStore'
import { formatCount } from '../text/numbers'
import { Badge } from '../ui/Badge'

interface Props {
  readonly overlay: Overlay
  /** What the last verification counted; undefined where there is none, or it is out of date. */
  readonly verified: Counts | undefined
}

/** How many checks fail with what is being typed: as long as nobody verified, it binds no one. */
export function LiveCounts({ overlay, verified }: Props) {
  useVersion(overlay.counted)
  const { counts } = overlay
  if (!counts) return null
  if (verified && ORDER.every(({ name }) => counts[name] === verified[name])) return null
  const words = ORDER.map(({ name, severity }) => {
    const { label, many } = SEVERITIES[severity]
    return `${formatCount(counts[name])} ${counts[name] < 2 ? label : many}`
  })
  return (
    <span className="anomaly-live">
      <Badge>Provisoire</Badge> Avec la saisie en cours&nbsp;: {words.join(', ')}
    </span>
  )
}

const ORDER = [
  { name: 'blocking', severity: 'BLOCKING' },
  { name: 'major', severity: 'MAJOR' },
  { name: 'minor', severity: 'MINOR' },
] as const
