import { useState } from 'react'
import { CreateWorkListDocument, DeleteWorkListDocument, UpdateWorkListDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { plural } from '../text/numbers'
import { Checkbox } from '../ui/Checkbox'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { type WorkList, nameOf } from './lists'

const LONGEST_NAME = 80

interface Props {
  /** Undefined for a list that is to be made. */
  readonly list: WorkList | undefined
  readonly onClose: () => void
  readonly onDone: (id: string, sentence: string) => void
}

/** Makes a list, or gives it another name and shares it. */
export function ListDialog({ list, onClose, onDone }: Props) {
  const { send, busy, problem } = useOnce()
  const [name, setName] = useState(list?.name ?? '')
  const [shared, setShared] = useState(list?.shared ?? false)
  const save = async () => {
    const asked = { name: name.trim(), shared }
    if (list) {
      const saved = await send(UpdateWorkListDocument, { list: list.id, ...asked })
      if (saved) onDone(list.id, `La liste «\u00a0${nameOf(saved.updateWorkList)}\u00a0» est enregistrée.`)
    } else {
      const made = await send(CreateWorkListDocument, asked)
      if (made) onDone(made.createWorkList.id, `La liste «\u00a0${asked.name}\u00a0» est créée.`)
    }
  }
  return (
    <FormDialog
      title={list ? 'Renommer ou partager la liste' : 'Nouvelle liste de travail'}
      size="s"
      action={list ? 'Enregistrer' : 'Créer'}
      busy={busy}
      ready={Boolean(name.trim()) || Boolean(list?.isDefault)}
      onSend={() => void save()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <TextField
        label="Nom"
        maxLength={LONGEST_NAME}
        value={name}
        data-autofocus
        onChange={({ target }) => setName(target.value)}
      />
      <Checkbox checked={shared} onChange={({ target }) => setShared(target.checked)}>
        Partagée avec mon organisation{' '}
        <span className="muted">– chacun y lit, ajoute et retire les dossiers qu’il peut voir</span>
      </Checkbox>
    </FormDialog>
  )
}

/** Deletes a list; its dossiers are left as they are. */
export function DeleteListDialog({ list, onClose, onDone }: Props & { list: WorkList }) {
  const { send, busy, problem } = useOnce()
  const remove = async () => {
    if (await send(DeleteWorkListDocument, { list: list.id }))
      onDone('', `La liste «\u00a0${nameOf(list)}\u00a0» est supprimée.`)
  }
  return (
    <ConfirmDialog
      title={'Supprimer la liste\u202f?'}
      action="Supprimer la liste"
      icon="trash"
      busy={busy}
      onAct={remove}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>
        «&nbsp;{nameOf(list)}&nbsp;» et ses {plural(list.count, 'ligne')} seront effacées
        {list.shared && ', pour toute votre organisation'}. Les dossiers eux-mêmes restent tels quels.
      </p>
    </ConfirmDialog>
  )
}
