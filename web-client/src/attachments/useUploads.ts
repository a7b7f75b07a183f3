import { useCallback, useEffect, useRef, useState } from 'react'
import { AddAttachmentDocument } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { useSend } from '../exchange/useSend'
import { formatSize } from '../text/numbers'
import { holdUnsaved } from '../shell/unsaved'
import { putUntil, sendContent } from './upload'
import type { Attachment } from './useAttachments'

/** One file on its way: how much of it is sent, whether it was cut or refused. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly sent: number
  readonly size: number
  readonly problem?: Problem
  readonly isCut?: boolean
}

/** A file that its type gave another name. */
export interface Renamed {
  readonly original: string
  readonly name: string
}

interface Asked {
  readonly dossier: string
  readonly limit: number
  readonly renew: () => void
}

/** Announces files and sends their contents, one after the other; what was cut can be taken up again. */
export function useUploads({ dossier, limit, renew }: Asked) {
  const { send } = useSend()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [renamed, setRenamed] = useState<readonly Renamed[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])
  const files = useRef(new Map<string, File>())
  const left = useLeft()
  const isRunning = uploads.some(({ isCut }) => !isCut)
  useEffect(() => (isRunning ? holdUnsaved(1) : undefined), [isRunning])
  const note = useCallback((id: string, change: Partial<Upload>) => {
    setUploads((known) => known.map((one) => (one.id === id ? { ...one, ...change } : one)))
  }, [])

  const run = useCallback(
    async (file: File, id: string, url: string, from: number) => {
      note(id, { problem: undefined, isCut: false, sent: from })
      const put = putUntil(left.current)
      const outcome = await sendContent(file, url, from, (sent) => note(id, { sent }), put)
      if (left.current.aborted) return
      if (outcome.kind === 'cut') note(id, { problem: outcome.problem, isCut: true })
      else {
        files.current.delete(id)
        setUploads((known) => known.filter((one) => one.id !== id))
        if (outcome.kind === 'refused') {
          setRenamed((told) => told.filter(({ original }) => original !== file.name))
          setRefused((told) => [...told, `${file.name}\u00a0: ${outcome.problem.message}`])
        }
      }
      renew()
    },
    [left, note, renew],
  )

  const add = async (chosen: readonly File[], piece: string) => {
    setRenamed([])
    setRefused([])
    for (const file of chosen) {
      // The page is left, and perhaps the session: announced all the same, it could be announced under the next one.
      if (left.current.aborted) return
      const tooLarge = limitRefusal(file, limit)
      if (tooLarge) {
        setRefused((told) => [...told, tooLarge])
        continue
      }
      const asked = { dossier, piece, fileName: file.name, size: file.size }
      // oxlint-disable-next-line no-await-in-loop -- one by one, so that their numbers follow their order
      const answer = await send(AddAttachmentDocument, asked, (problem) =>
        setRefused((told) => [...told, `${file.name}\u00a0: ${problem.message}`]),
      )
      if (!answer) continue
      const { attachment, renamed: name, uploadUrl } = answer.addAttachment
      if (name) setRenamed((told) => [...told, { original: file.name, name }])
      files.current.set(attachment.id, file)
      setUploads((known) => [...known, { id: attachment.id, name: attachment.name, sent: 0, size: file.size }])
      // oxlint-disable-next-line no-await-in-loop -- as above
      await run(file, attachment.id, uploadUrl, 0)
    }
  }

  /** Takes up what was cut: with the file at hand, or with the same one chosen again. */
  const resume = (attachment: Attachment, chosen?: File) => {
    const file = chosen ?? files.current.get(attachment.id)
    if (!file) return
    if (chosen && (chosen.size !== attachment.size || chosen.name.normalize() !== attachment.original)) {
      setRefused([`Choisissez de nouveau «\u00a0${attachment.original}\u00a0» (${formatSize(attachment.size)}).`])
      return
    }
    setRefused([])
    files.current.set(attachment.id, file)
    const { id, name, size, received, url } = attachment
    setUploads((known) => [...known.filter((one) => one.id !== id), { id, name, size, sent: received }])
    void run(file, id, url, received)
  }
  const holds = (id: string) => files.current.has(id)
  return { uploads, renamed, refused, add, resume, holds }
}

/** Aborted once the page is left. */
function useLeft(): { readonly current: AbortSignal } {
  const left = useRef(new AbortController().signal)
  useEffect(() => {
    const controller = new AbortController()
    left.current = controller.signal
    return () => controller.abort()
  }, [])
  return left
}

function limitRefusal(file: File, limit: number): string | undefined {
  if (file.size <= limit) return undefined
  return `${file.name}\u00a0: une pièce jointe compte ${formatSize(limit)} au plus\u202f; celle-ci en compte ${formatSize(file.size)}.`
}
