import { useState } from 'react'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Button } from '../ui/Button'
import { ThreadCard } from './ThreadCard'
import { type Asked, type Seen, type Thread, useSeen, useThreads } from './useThreads'

interface Props {
  readonly dossier: string
  readonly asked: Asked
  readonly canWrite: boolean
  /** Which of them are shown; `isNew` is true of what was unread when it came under the eyes. */
  readonly wanted?: (thread: Thread, isNew: boolean) => boolean
  /** What is said where there is none. */
  readonly empty: string
}

/** The threads of a place, page after page. Another place is another list: give it another key. */
export function ThreadList(props: Props) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined])
  const seen = useSeen(props.dossier)
  return (
    <div className="stack">
      {cursors.map((after, index) => (
        <Page
          key={after ?? ''}
          {...props}
          after={after}
          seen={seen}
          isLast={index === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
        />
      ))}
    </div>
  )
}

interface PageProps extends Props {
  readonly after: string | undefined
  readonly seen: Seen
  readonly isLast: boolean
  readonly onMore: (after: string) => void
}

function Page({ dossier, asked, canWrite, wanted, empty, after, seen, isLast, onMore }: PageProps) {
  const { threads, problem, next } = useThreads(dossier, asked, after)
  const shown = threads?.filter((thread) => !wanted || wanted(thread, seen.wasUnread(thread)))
  return (
    <>
      <ProblemAlert problem={problem} />
      {!threads && !problem && <Loading label="Lecture des échanges…" />}
      {shown?.map((thread) => (
        <ThreadCard key={thread.id} {...{ dossier, thread, canWrite, seen }} />
      ))}
      {shown?.length === 0 && !after && !next && <p className="muted">{empty}</p>}
      {isLast && next && (
        <Button look="quiet" onClick={() => onMore(next)}>
          Échanges suivants
        </Button>
      )}
    </>
  )
}
