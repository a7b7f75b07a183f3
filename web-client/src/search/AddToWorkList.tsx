import { useState } from 'react'
import { useClient } from 'urql'
import { Link } from 'wouter'
import {
  AddFoundToWorkListDocument,
  AddToWorkListDocument,
  type AddToWorkListMutation,
  type DossierCriteria,
  WorkListChoicesDocument,
  type WorkListChoicesQuery,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { formatCount, plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import type { Selection } from './selection'

type Change = AddToWorkListMutation['addToWorkList']
type List = WorkListChoicesQuery['workLists'][number]

interface Props {
  readonly criteria: DossierCriteria | null
  readonly selection: Selection
}

/** Adds what is chosen to one's work list; to which one is asked only where there are several. */
export function AddToWorkList({ criteria, selection }: Props) {
  const client = useClient()
  const { send, busy, problem } = useOnce()
  const [lists, setLists] = useState<readonly List[]>()
  const [unread, setUnread] = useState<Problem>()
  const [done, setDone] = useState<Change>()

  const add = async (list: string) => {
    const ids = [...selection.ids]
    const data = selection.isAll
      ? (await send(AddFoundToWorkListDocument, { list, criteria, without: ids }))?.addFoundToWorkList
      : (await send(AddToWorkListDocument, { list, dossiers: ids }))?.addToWorkList
    if (!data) return
    setLists(undefined)
    setDone(data)
  }
  const start = async () => {
    const { data, error } = await client.query(WorkListChoicesDocument, {}, { requestPolicy: 'network-only' })
    setUnread(problemOf(error))
    const [only, ...others] = data?.workLists ?? []
    if (only && others.length === 0) await add(only.id)
    else setLists(data?.workLists)
  }
  return (
    <>
      <Button look="primary" icon="plus" busy={busy} onClick={() => void start()}>
        Ajouter à la liste de travail
      </Button>
      <output className="selection-added">
        {done && (
          <>
            {saying(done)} <Link href={`/liste-de-travail?liste=${done.list.id}`}>Voir la liste</Link>
          </>
        )}
      </output>
      {lists ? (
        <ChooseList lists={lists} busy={busy} problem={problem} onAdd={add} onClose={() => setLists(undefined)} />
      ) : (
        <ProblemAlert problem={unread ?? problem} />
      )}
    </>
  )
}

/** What became of the list. */
function saying({ added, already, refused, list }: Change): string {
  const parts = [
    plural(added, 'dossier ajouté', 'dossiers ajoutés'),
    already > 0 && `${formatCount(already)} y étai${already > 1 ? 'en' : ''}t déjà`,
    refused > 0 && plural(refused, 'n’est plus ouvert', 'ne sont plus ouverts'),
  ]
  return `${parts.filter(Boolean).join(', ')}\u00a0; la liste en compte ${formatCount(list.count)}.`
}

interface ChooseProps {
  readonly lists: readonly List[]
  readonly busy: boolean
  readonly problem: Problem | undefined
  readonly onAdd: (list: string) => Promise<void>
  readonly onClose: () => void
}

function ChooseList({ lists, busy, problem, onAdd, onClose }: ChooseProps) {
  const [list, setList] = useState(lists[0]?.id ?? '')
  return (
    <FormDialog
      title="Ajouter à une liste de travail"
      size="s"
      action="Ajouter"
      busy={busy}
      onSend={() => void onAdd(list)}
      onClose={onClose}
    >
      <SelectField label="Liste de travail" value={list} onChange={({ target }) => setList(target.value)}>
        {lists.map(({ id, name, isDefault, mine, count }) => (
          <option key={id} value={id}>
            {isDefault ? 'Ma liste de travail' : name}
            {!mine && ' (partagée)'} – {plural(count, 'dossier')}
          </option>
        ))}
      </SelectField>
      <ProblemAlert problem={problem} />
    </FormDialog>
  )
}
