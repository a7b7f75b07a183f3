import { type RefObject, useState } from 'react'
import type { ThreadPageFragment } from '../gen/graphql'
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
  /** Their first page, where the screen has asked for it with the rest. */
  readonly opened?: ThreadPageFragment
  /** What is said where there is none. */
  readonly empty: string
}

/** The threads of a place, page after page. Another place is another list: give it another key. */
export function ThreadList(props: Props) {
  const [pages, setPages] = useState(1)
  const seen = useSeen(props.dossier)
  return (
    <div className="stack">
      <Pages {...props} seen={seen} left={pages} before={NONE} onMore={() => setPages(pages + 1)} />
    </div>
  )
}

const NONE: ReadonlySet<string> = new Set()

interface PagesProps extends Props {
  readonly after?: string
  readonly seen: Seen
  /** How many pages there are to show, this one included. */
  readonly left: number
  /** The threads of the pages before. */
  readonly before: ReadonlySet<string>
  readonly onMore: () => void
}

/** A page, then those after it: each act has all of them read again, and each starts where the one before now ends. */
function Pages({ after, left, before, ...props }: PagesProps) {
  const { dossier, asked, opened, canWrite, heading, wanted, empty, seen, onMore } = props
  const { threads, problem, next } = useThreads(dossier, asked, after, opened)
  const leaving = useFocusAfter(heading)
  const news = threads?.filter(({ id }) => !before.has(id))
  const shown = news?.filter((thread) => !wanted || wanted(thread, seen.wasUnread(thread)))
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
      {next && left > 1 && (
        <Pages
          {...props}
          after={next}
          left={left - 1}
          before={new Set([...before, ...(news ?? []).map(({ id }) => id)])}
        />
      )}
      {next && left === 1 && (
        <Button look="quiet" onClick={onMore}>
          Échanges suivants
        </Button>
      )}
    </>
  )
}
