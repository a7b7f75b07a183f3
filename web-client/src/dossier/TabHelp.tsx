import { Icon } from '../ui/Icon'

/** What the form says of a tab, for whoever opens it; closed until asked for. */
export function TabHelp({ help }: { help: string }) {
  return (
    <details className="aside">
      <summary>
        <Icon name="info" size={15} /> Aide
      </summary>
      <p>{help}</p>
    </details>
  )
}
