import { type MouseEvent, type ReactNode, useState } from 'react'
import { useClient } from 'urql'
import { ViewerDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { download, downloadLarge } from '../text/download'
import { NoticeDialog } from './NoticeDialog'
import { ProblemAlert } from './Problem'

/** Held in memory up to here. */
const MOST_BYTES = 20_000_000

interface Props {
  readonly href: string
  readonly size: number
  readonly className?: string
  readonly children: ReactNode
}

/**
 * A link to a file of this origin. Followed by the browser alone, a refusal would be saved as a file, or lost: the
 * server's sentence is shown instead, that of the end of the session at least where the file is large; in a window,
 * for a link stands in a row of tools or in a table, which it would push apart.
 */
export function FileLink({ href, size, className, children }: Props) {
  const client = useClient()
  const [problem, setProblem] = useState<Problem>()
  const take = async (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (size <= MOST_BYTES) return setProblem(await download(href))
    const { error } = await client.query(ViewerDocument, {}, { requestPolicy: 'network-only' })
    setProblem(problemOf(error))
    if (!error) downloadLarge(href)
  }
  return (
    <>
      <a href={href} className={className} download onClick={(event) => void take(event)}>
        {children}
      </a>
      {problem && (
        <NoticeDialog title="Fichier non téléchargé" onClose={() => setProblem(undefined)}>
          <ProblemAlert problem={problem} />
        </NoticeDialog>
      )}
    </>
  )
}
