import { useCallback, useEffect } from 'react'
import { useQuery } from 'urql'
import { type AttachmentFieldsFragment, AttachmentsDocument, type AttachmentsQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { isPresent } from '../session/presence'

export type Attachment = AttachmentFieldsFragment
export type AttachedDossier = AttachmentsQuery['dossier']

const PERIOD = 3000
/** An empty list names no attachment: the first one added must renew it all the same. */
const NAMING = { additionalTypenames: ['Attachment'] }

/** The attachments of a dossier, asked for again while one of them waits for the antivirus. */
export function useAttachments(id: string) {
  const [{ data, error }, execute] = useQuery({ query: AttachmentsDocument, variables: { id }, context: NAMING })
  const renew = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  const isWaiting = data?.dossier.attachments?.some(({ state }) => state === 'QUARANTINED') ?? false
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(() => isPresent() && renew(), PERIOD)
    return () => clearInterval(timer)
  }, [isWaiting, renew])
  return { dossier: data?.dossier, problem: problemOf(error), renew }
}

/** How many attachments a dossier has, undefined where they are not open; and those that one's organization keeps. */
export function useUnsent(id: string) {
  const [{ data }, execute] = useQuery({ query: AttachmentsDocument, variables: { id }, context: NAMING })
  const { attachments: all, canAttach = false } = data?.dossier ?? {}
  const attachments = all?.filter(({ mine, state, sentAt }) => mine && state !== 'REFUSED' && !sentAt) ?? []
  const renew = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  return { count: all?.length, attachments, canAttach, renew }
}

/** What one's organization has added and may send now. */
export function toSend<One extends Pick<Attachment, 'mine' | 'state' | 'sentAt'>>(
  attachments: readonly One[],
): readonly One[] {
  return attachments.filter(({ mine, state, sentAt }) => mine && state === 'READY' && !sentAt)
}
