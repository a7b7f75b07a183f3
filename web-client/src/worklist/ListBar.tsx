import { useState } from 'react'
import { formatCount, plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { Folded } from '../ui/Folded'
import { ImportListDialog } from './ImportListDialog'
import { DeleteListDialog, ListDialog } from './ListDialogs'
import { type WorkList, nameOf } from './lists'

interface Props {
  readonly lists: readonly WorkList[]
  readonly list: WorkList
  readonly onChoose: (id: string) => void
  /** What the list holds is another. */
  readonly onChanged: (sentence: string) => void
  /** The lists are others: which to show, and what was done. */
  readonly onListed: (id: string, sentence: string) => void
}

/** Which list is shown, and what is done with lists. */
export function ListBar({ lists, list, onChoose, onChanged, onListed }: Props) {
  const [open, setOpen] = useState<'make' | 'name' | 'delete' | 'import'>()
  const [added, setAdded] = useState(0)
  const close = () => setOpen(undefined)
  const done = (id: string, sentence: string) => {
    close()
    onListed(id, sentence)
  }
  const closeImport = () => {
    close()
    if (added) onChanged(`${plural(added, 'dossier ajouté', 'dossiers ajoutés')} à la liste.`)
    setAdded(0)
  }
  const shared = lists.filter(({ mine }) => !mine)
  return (
    <div className="worklist-bar">
      <SelectField label="Liste" value={list.id} onChange={({ target }) => onChoose(target.value)}>
        <optgroup label="Mes listes">{lists.filter(({ mine }) => mine).map(choice)}</optgroup>
        {shared.length > 0 && <optgroup label="Partagées dans mon organisation">{shared.map(choice)}</optgroup>}
      </SelectField>
      <Folded label="Gérer les listes">
        <div className="row">
          <Button icon="plus" onClick={() => setOpen('make')}>
            Nouvelle liste
          </Button>
          {list.managed && (
            <>
              <Button icon="pencil" onClick={() => setOpen('name')}>
                Renommer ou partager
              </Button>
              <Button icon="trash" onClick={() => setOpen('delete')}>
                Supprimer la liste
              </Button>
            </>
          )}
          <Button icon="upload" onClick={() => setOpen('import')}>
            Importer une liste (CSV)
          </Button>
        </div>
      </Folded>
      {open === 'make' && <ListDialog list={undefined} onClose={close} onDone={done} />}
      {open === 'name' && <ListDialog list={list} onClose={close} onDone={done} />}
      {open === 'delete' && <DeleteListDialog list={list} onClose={close} onDone={done} />}
      {open === 'import' && (
        <ImportListDialog list={list} onClose={closeImport} onAdded={(count) => setAdded(added + count)} />
      )}
    </div>
  )
}

function choice(list: WorkList) {
  return (
    <option key={list.id} value={list.id}>
      {nameOf(list)} – {formatCount(list.count)}
      {list.mine && list.shared ? ', partagée' : ''}
    </option>
  )
}
