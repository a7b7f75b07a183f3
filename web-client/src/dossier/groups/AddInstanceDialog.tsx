import { type FormEvent, useEffect, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/Field'
import { BatchAlert } from '../BatchAlert'
import type { DialogProps } from '../DossierDialogs'
import { type TabGroup, boundsSentence, entriesOf, instanceName, keyFault } from './instances'

/** Asks the key of a new instance, has it made, and opens its first tab. */
export function AddInstanceDialog({ group: { code }, dossier, batches, onClose }: DialogProps & { group: TabGroup }) {
  const form = useId()
  const [, navigate] = useLocation()
  const [key, setKey] = useState('')
  const [fault, setFault] = useState<string>()
  const [added, setAdded] = useState<string>()
  const group = dossier.groups.find((each) => each.code === code)!
  const bounds = boundsSentence(group)
  const { close } = batches
  // Once: what was said before this window opened is not of it.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  useEffect(() => close(), [])
  useEffect(() => {
    // Not before the dossier was read again: the tab would not be there yet.
    if (added === undefined || !group.keys.includes(added)) return
    const entries = dossier.parts.flatMap(({ tabs }) => entriesOf(tabs, [group]))
    const instances = entries.flatMap((entry) => (entry.kind === 'group' ? entry.instances : []))
    const first = instances.find((instance) => instance.key === added)?.tabs[0]
    if (first) navigate(`/dossiers/${dossier.id}/${first.code}`)
    onClose()
  }, [added, group, dossier, navigate, onClose])
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const asked = key.trim()
    const found = keyFault(group, asked)
    setFault(found)
    if (found || added !== undefined) return
    const words = `${instanceName(group, asked)}\u00a0: exemplaire ajouté`
    if (await batches.changeGroup(code, { action: 'ADD', key: asked }, words)) setAdded(asked)
  }
  return (
    <Dialog
      title={`Ajouter\u00a0: ${group.title}`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={form} busy={batches.busy || added !== undefined}>
            Ajouter
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={(event) => void add(event)}>
        {batches.said?.tone === 'bad' && <BatchAlert batches={batches} />}
        {bounds && (
          <p>
            Le formulaire en attend {bounds}&nbsp;; ce dossier en a {group.keys.length}.
          </p>
        )}
        <TextField
          label={group.keyLabel}
          hint="Ce qui le distingue des autres : des lettres, des chiffres, un tiret. Ne se change plus ensuite."
          error={fault}
          required
          maxLength={64}
          autoComplete="off"
          value={key}
          onChange={(event) => {
            setKey(event.target.value)
            setFault(undefined)
          }}
          data-autofocus
        />
      </form>
    </Dialog>
  )
}
