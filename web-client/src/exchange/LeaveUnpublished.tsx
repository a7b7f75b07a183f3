import { Suspense, lazy, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { toSend, useUnsent } from '../attachments/useAttachments'
import { useSession } from '../session/session'
import { watchLeaving } from '../shell/LeaveGuard'
import { askOnSigningOut, holdUnsaved } from '../shell/unsaved'
import { useKeptCount } from './keptText'
import type { ExchangeData } from './talks'

const LeaveDialog = lazy(() => import('./LeaveDialog').then((module) => ({ default: module.LeaveDialog })))

/** How many things each left each dossier with, all the same: he is asked again once there are more. */
const accepted = new Map<string, number>()

interface Props {
  readonly dossier: string
  /** What is said of it; undefined at the steps where nothing is, and for whoever may not read it. */
  readonly exchange: ExchangeData | undefined
  /** The start of the addresses that are still this place. */
  readonly within: string
}

interface Leaving {
  readonly go: () => void
  /** Of the session and not of the place alone: what is being written is then lost. */
  readonly isSigningOut: boolean
}

/** Asks before one leaves, or signs out, with something that nobody else sees yet (manual §10.2.1). */
export function LeaveUnpublished({ dossier, exchange, within }: Props) {
  const [location, navigate] = useLocation()
  const { viewer } = useSession()
  const [leaving, setLeaving] = useState<Leaving>()
  const started = useKeptCount(dossier)
  const messages = exchange?.unpublished.messages ?? 0
  const { attachments: joined, canAttach, renew } = useUnsent(dossier)
  // Nothing can be done about those that are not sent any more, nor by who only reads.
  const unsent = canAttach ? joined : []
  const attachments = toSend(unsent).length
  const checked = unsent.filter(({ state }) => state === 'QUARANTINED').length
  const arriving = unsent.length - attachments - checked
  const name = `${viewer?.login ?? ''} ${dossier}`
  const count = started + messages + unsent.length
  const isGuarding = count > (accepted.get(name) ?? 0)
  const isHidden = messages + unsent.length > 0
  // Only what is not kept by the server is lost with the window.
  useEffect(() => (started > 0 ? holdUnsaved(started) : undefined), [started])
  useEffect(() => {
    const leave = (place: string) => setLeaving({ go: () => navigate(place), isSigningOut: false })
    return isGuarding ? watchLeaving(leave, within) : undefined
  }, [isGuarding, within, location, navigate])
  useEffect(() => {
    const leave = (go: () => void) => setLeaving({ go, isSigningOut: true })
    return isHidden ? askOnSigningOut(leave) : undefined
  }, [isHidden])
  // What was on its way, or with the antivirus, may have arrived since: no act says so.
  useEffect(() => (leaving ? renew() : undefined), [leaving, renew])
  if (!leaving) return null
  const { go, isSigningOut } = leaving
  return (
    <Suspense>
      <LeaveDialog
        {...{ dossier, messages, attachments, checked, arriving }}
        canPublish={exchange?.canWrite ?? false}
        // Signing out has already asked about what it would lose.
        started={isSigningOut ? 0 : started}
        onStay={() => setLeaving(undefined)}
        onPublished={() => {
          accepted.delete(name)
          go()
        }}
        onLeave={() => {
          if (!isSigningOut) accepted.set(name, count)
          go()
        }}
      />
    </Suspense>
  )
}
