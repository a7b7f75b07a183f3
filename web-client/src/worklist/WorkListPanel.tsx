import { useState } from 'react'
import { useQuery } from 'urql'
import { WorkListsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Alert } from '../ui/Alert'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ListBar } from './ListBar'
import { ListTable } from './ListTable'
import { listNamed } from './lists'

interface Props {
  /** The list to show; the viewer's own where there is none of that name. */
  readonly asked: string | null
  readonly onChoose: (id: string) => void
}

/** One of the viewer's work lists: what it holds, and all that is done with it in bulk. */
export function WorkListPanel({ asked, onChoose }: Props) {
  const [{ data, error }, read] = useQuery({ query: WorkListsDocument, requestPolicy: 'cache-and-network' })
  const [told, setTold] = useState('')
  // Its rows are read again where others were put in or taken out.
  const [turn, setTurn] = useState(0)
  const lists = data?.workLists
  const list = lists && listNamed(lists, asked)
  if (!list) {
    return error ? <ProblemAlert problem={problemOf(error)} /> : <Loading label="Lecture de vos listes…" />
  }
  const changed = (sentence: string) => {
    setTold(sentence)
    setTurn(turn + 1)
    read({ requestPolicy: 'network-only' })
  }
  return (
    <>
      <ListBar
        lists={lists}
        list={list}
        onChoose={(id) => (setTold(''), onChoose(id))}
        onChanged={changed}
        onListed={(id, sentence) => {
          setTold(sentence)
          onChoose(id)
          read({ requestPolicy: 'network-only' })
        }}
      />
      {told && (
        <Alert tone="good" onClose={() => setTold('')}>
          <p>{told}</p>
        </Alert>
      )}
      <ListTable key={`${list.id} ${turn}`} list={list} onChanged={changed} />
    </>
  )
}
