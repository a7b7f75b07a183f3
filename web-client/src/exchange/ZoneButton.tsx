import { Button } from '../ui/Button'
import type { Zone } from './useZone'

/** Shows and hides the zone of exchanges (manual §9.2.2). */
export function ZoneButton({ zone }: { zone: Zone }) {
  return (
    <Button
      icon="message"
      aria-pressed={zone.isShown}
      aria-keyshortcuts="Shift+F2"
      title="Maj + F2"
      onClick={zone.toggle}
    >
      Zone d’échanges
    </Button>
  )
}
