import { type RefObject, useState } from 'react'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Button } from '../ui/Button'
import { useFocusAfter } from '../ui/useFocusAfter'
import { ThreadCard } from './ThreadCard'
import { type Asked, type Seen, type Thread, useSeen, useThreads } from './useThreads'

interface Props {
  readonly dossier: string
  readonly asked: Asked
  readonly canWrite: boolean
  /** What takes the focus once the thread that had it is no longer shown. */
  readonly heading: RefObject<HTMLElement | null>
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

function Page({ dossier, asked, canWrite, heading, wanted, empty, after, seen, isLast, onMore }: PageProps) {
  const { threads, problem, next } = useThreads(dossier, asked, after)
  const leaving = useFocusAfter(heading)
  const shown = threads?.filter((thread) => !wanted || wanted(thread, seen.wasUnread(thread)))
  return (
    <>
      <ProblemAlert problem={problem} />
      {!threads && !problem && <Loading label="Lecture des échanges…" />}
      {shown?.map((thread) => (
        <div key={thread.id} ref={leaving}>
          <ThreadCard {...{ dossier, thread, canWrite, seen }} />
        </div>
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
