import { Suspense, lazy, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { watchLeaving } from '../shell/LeaveGuard'
import { holdUnsaved } from '../shell/unsaved'
import { useKeptCount } from './keptText'
import type { ExchangeData } from './talks'

const LeaveDialog = lazy(() => import('./LeaveDialog').then((module) => ({ default: module.LeaveDialog })))

/** How many things each dossier was left with, all the same: one asks again once there are more. */
const accepted = new Map<string, number>()

interface Props {
  readonly dossier: string
  readonly data: ExchangeData | undefined
  /** The start of the addresses that are still this place. */
  readonly within: string
}

/** Asks before one leaves with something that nobody else sees yet (manual §10.2.1). */
export function LeaveExchange({ dossier, data, within }: Props) {
  const [location, navigate] = useLocation()
  const [going, setGoing] = useState<string>()
  const started = useKeptCount(dossier)
  const { messages = 0, attachments = 0 } = data?.unpublished ?? {}
  const count = started + messages + attachments
  const isGuarding = count > (accepted.get(dossier) ?? 0)
  // Only what is not kept by the server is lost with the window.
  useEffect(() => (started > 0 ? holdUnsaved(started) : undefined), [started])
  useEffect(() => (isGuarding ? watchLeaving(setGoing, within) : undefined), [isGuarding, within, location])
  if (going === undefined) return null
  const leave = () => {
    accepted.set(dossier, count)
    navigate(going)
  }
  return (
    <Suspense>
      <LeaveDialog
        {...{ dossier, messages, attachments, started }}
        onStay={() => setGoing(undefined)}
        onLeave={leave}
      />
    </Suspense>
  )
}
