import { Suspense, lazy, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { watchLeaving } from '../shell/LeaveGuard'

const LeaveDialog = lazy(() => import('../exchange/LeaveDialog').then((module) => ({ default: module.LeaveDialog })))

/** How many each dossier was left with, all the same: one asks again once there are more. */
const accepted = new Map<string, number>()

/** Asks before one leaves with attachments that nobody else sees yet (manual §10.2.1). */
export function LeavePieces({ dossier, unsent }: { dossier: string; unsent: number }) {
  const [location, navigate] = useLocation()
  const [going, setGoing] = useState<string>()
  const isGuarding = unsent > (accepted.get(dossier) ?? 0)
  const within = `/dossiers/${dossier}/pieces`
  useEffect(() => (isGuarding ? watchLeaving(setGoing, within) : undefined), [isGuarding, within, location])
  if (going === undefined) return null
  const leave = () => {
    accepted.set(dossier, unsent)
    navigate(going)
  }
  return (
    <Suspense>
      <LeaveDialog
        {...{ dossier, messages: 0, attachments: unsent, started: 0 }}
        onStay={() => setGoing(undefined)}
        onLeave={leave}
      />
    </Suspense>
  )
}
