import type { Client } from '@urql/core'
import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { Provider } from 'urql'
import { useLocation } from 'wouter'
import { ownDrafts } from '../cells/keeping'
import { forgetCells } from '../cells/registry'
import { LoginDocument, LogoutDocument, ViewerDocument, type ViewerFieldsFragment } from '../gen/graphql'
import { createClient } from '../graphql/client'
import { type Problem, problemOf } from '../graphql/problem'
import { type Newcomer, useOtherWindows } from './windows'

export type Viewer = ViewerFieldsFragment

interface Session {
  /** Undefined until the server has said who is there; null for nobody. */
  readonly viewer: Viewer | null | undefined
  readonly problem: Problem | undefined
  /** Whether the session ended by itself, which the login page then says. */
  readonly expired: boolean
  signIn(login: string, password: string): Promise<Problem | undefined>
  /** What it failed of, the session being still open. */
  signOut(): Promise<Problem | undefined>
}

const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('SessionProvider is missing')
  return session
}

/** Knows who is there. A new client per session: nothing cached for one is shown to another. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [viewer, setViewer] = useState<Viewer | null | undefined>(undefined)
  const [problem, setProblem] = useState<Problem>()
  const [expired, setExpired] = useState(false)
  const last = useRef<string | undefined>(undefined)
  const [, navigate] = useLocation()

  const onSignedOut = useCallback(() => {
    setExpired(true)
    setViewer(null)
  }, [])
  const [client, setClient] = useState<Client>(() => createClient(onSignedOut))

  const enter = useCallback((next: Viewer) => {
    const name = nameOf(next)
    // What one person typed is never sent, nor shown, in the name of the next.
    if (last.current !== undefined && last.current !== name) forgetCells()
    last.current = name
    ownDrafts(name)
    setExpired(false)
    setProblem(undefined)
    setViewer(next)
  }, [])

  const leave = useCallback(() => {
    forgetCells()
    last.current = undefined
    setExpired(false)
    setViewer(null)
    setClient(createClient(onSignedOut))
  }, [onSignedOut])

  const read = useCallback(
    async (from: Client) => {
      const { data, error } = await from.query(ViewerDocument, {}, { requestPolicy: 'network-only' })
      const found = problemOf(error)
      if (data) enter(data.viewer)
      else if (found?.code === 'UNAUTHENTICATED') setViewer((known) => known ?? null)
      else setProblem(found)
    },
    [enter],
  )

  const onTold = useCallback(
    (newcomer: Newcomer) => {
      if (newcomer === null) return leave()
      // The session of this window is already the other's: nothing more of the one before may be sent or shown.
      if (last.current !== newcomer) {
        leave()
        setViewer(undefined)
      }
      return void read(createClient(onSignedOut))
    },
    [leave, onSignedOut, read],
  )
  const tell = useOtherWindows(onTold)

  useEffect(() => {
    void read(client)
    // Asked once, when the page opens: afterwards signing in and out say who is there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [])

  const session = useMemo<Session>(
    () => ({
      viewer,
      problem,
      expired,
      async signIn(login, password) {
        const next = createClient(onSignedOut)
        const { data, error } = await next.mutation(LoginDocument, { login, password })
        if (data) {
          setClient(next)
          enter(data.login)
          tell(nameOf(data.login))
        }
        return problemOf(error)
      },
      async signOut() {
        const found = problemOf((await client.mutation(LogoutDocument, {})).error)
        // Showing it closed would leave it open for the next to come, and lose what is typed for nothing.
        if (found && found.code !== 'UNAUTHENTICATED') return found
        leave()
        tell(null)
        navigate('/connexion')
        return undefined
      },
    }),
    [client, enter, expired, leave, navigate, onSignedOut, problem, tell, viewer],
  )
  return (
    <SessionContext.Provider value={session}>
      <Provider value={client}>{children}</Provider>
    </SessionContext.Provider>
  )
}

/** What tells one person from another: whom drafts belong to. */
function nameOf({ login, name }: Viewer): string {
  return login ?? name
}
