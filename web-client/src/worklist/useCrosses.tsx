import { type RefObject, useEffect, useState } from 'react'
import { RemoveFromWorkListDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import type { Column } from '../search/columns'
import type { Found } from '../search/useSearch'
import { IconButton } from '../ui/Button'
import type { WorkList } from './lists'

/**
 * The column of crosses, each of which takes its dossier out at once: it can be put back as easily. `heading` gets
 * the focus where the cross that had it is gone with the last row.
 */
export function useCrosses(list: WorkList, heading: RefObject<HTMLElement | null>, onGone: (id: string) => void) {
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const { send, problem } = useOnce()
  useEffect(() => {
    if (gone.size > 0 && document.activeElement === document.body) heading.current?.focus()
  }, [gone, heading])
  const remove = async (id: string) => {
    if (!(await send(RemoveFromWorkListDocument, { list: list.id, dossiers: [id] }))) return
    setGone((known) => new Set([...known, id]))
    onGone(id)
  }
  const column: Column = {
    key: 'remove',
    label: 'Retirer',
    show: ({ id, form, year, organism }: Found) => (
      <IconButton icon="close" label={`Retirer ${form} ${year} de ${organism.name}`} onClick={() => void remove(id)} />
    ),
  }
  return { gone, column, problem }
}
