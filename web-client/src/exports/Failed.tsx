import { Badge } from '../ui/Badge'

/** An export that came to nothing, and why. */
export function Failed({ error }: { error: string | null | undefined }) {
  return (
    <>
      <Badge tone="bad" icon="alert">
        Échec
      </Badge>
      <p className="exports-error">{error}</p>
    </>
  )
}
