import { splitKey } from '../../formula/address'
import { plural } from '../../text/numbers'
import { Button, IconButton } from '../../ui/Button'
import { type Place, TabLink } from '../TabLink'
import { type Instance, type TabGroup, boundsSentence, instanceName, isFull } from './instances'
import './groups.css'

interface Props {
  readonly group: TabGroup
  readonly instances: readonly Instance[]
  readonly place: Place
  readonly isEditable: boolean
  readonly onAdd: (group: TabGroup) => void
  readonly onRemove: (group: TabGroup, key: string) => void
}

/** A repeated group in the list of tabs: its instances, each with its tabs, and how to have more or fewer. */
export function GroupEntry({ group, instances, place, isEditable, onAdd, onRemove }: Props) {
  const { title, keyLabel, keys, minimum } = group
  const bounds = boundsSentence(group)
  return (
    <section className="tab-group" aria-label={title}>
      <h3>{title}</h3>
      <p className="tab-group-count">
        {plural(keys.length, 'exemplaire')}
        {bounds && ` (${bounds})`}
      </p>
      {instances.map(({ key, tabs }) => (
        <section key={key} className="tab-instance" aria-label={instanceName(group, key)}>
          <div className="tab-instance-head">
            <h4>
              <span>{keyLabel}</span> {key}
            </h4>
            {isEditable && keys.length > minimum && (
              <IconButton
                icon="trash"
                label={`Retirer ${instanceName(group, key)}`}
                onClick={() => onRemove(group, key)}
              />
            )}
          </div>
          <ul>
            {tabs.map(({ code, title: name }) => (
              <TabLink key={code} {...place} code={code} shownCode={splitKey(code)[0]} title={name} />
            ))}
          </ul>
        </section>
      ))}
      {isEditable && !isFull(group) && (
        <Button look="quiet" icon="plus" onClick={() => onAdd(group)}>
          Ajouter&nbsp;: {title}…
        </Button>
      )}
    </section>
  )
}
