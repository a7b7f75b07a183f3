import { type ReactNode, Suspense, lazy, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { countUnsaved, holdDrafts } from '../cells/registry'
import type { Problem } from '../graphql/problem'
import { useSession } from '../session/session'
import { formatWholeDay, today } from '../text/dates'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { AccountMenu } from './AccountMenu'
import { Arrival } from './Arrival'
import { MainMenu } from './MainMenu'
import { countHeld, goUnlessAsked } from './unsaved'
import './shell.css'

const Bell = lazy(() => import('../notifications/Bell').then((module) => ({ default: module.Bell })))

const NewsBar = lazy(() => import('../support/NewsBar').then((module) => ({ default: module.NewsBar })))

/** The frame of every screen (manual §2.2): the banner, its menu, then the screen itself. */
export function Shell({ children }: { children: ReactNode }) {
  useUnsavedWarning()
  return (
    <>
      <a className="skip-link" href="#contenu">
        Aller au contenu
      </a>
      <Banner />
      <Suspense fallback={null}>
        <NewsBar />
      </Suspense>
      <main id="contenu" tabIndex={-1}>
        <Arrival />
        {children}
      </main>
    </>
  )
}

function Banner() {
  const { viewer } = useSession()
  return (
    <header className="banner">
      <Link href="/" className="brand" aria-label="Harmonia">
        <img src={new URL('../theme/icon.svg', import.meta.url).href} alt="" width="28" height="28" />
        <span>Harmonia</span>
      </Link>
      {viewer && <span className="banner-organization">{viewer.organization.name}</span>}
      <MainMenu />
      <div className="banner-end">
        <time className="banner-date" dateTime={today()}>
          {formatWholeDay(new Date())}
        </time>
        <Link href="/assistance" className="icon-button banner-help" aria-label="Assistance" title="Assistance">
          <Icon name="info" />
        </Link>
        {viewer && (
          <Suspense fallback={null}>
            <Bell key={viewer.login ?? ''} />
          </Suspense>
        )}
        {viewer && <AccountMenu viewer={viewer} />}
        <SignOut />
      </div>
    </header>
  )
}

function SignOut() {
  const { signOut } = useSession()
  const [unsaved, setUnsaved] = useState(0)
  const [problem, setProblem] = useState<Problem>()
  const go = () => goUnlessAsked(() => void signOut().then(setProblem))
  const leave = () => {
    const count = countUnsaved() + countHeld()
    if (count) setUnsaved(count)
    else go()
  }
  const lose = () => {
    setUnsaved(0)
    go()
  }
  return (
    <>
      <Button look="quiet" icon="logout" title="Déconnexion" onClick={leave}>
        Déconnexion
      </Button>
      {unsaved > 0 && (
        <Dialog
          title="Quitter sans enregistrer ?"
          size="s"
          onClose={() => setUnsaved(0)}
          footer={
            <>
              <Button onClick={() => setUnsaved(0)} data-autofocus>
                Rester
              </Button>
              <Button look="danger" onClick={lose}>
                Quitter et perdre ces saisies
              </Button>
            </>
          }
        >
          <p>
            {plural(unsaved, 'saisie n’est pas encore enregistrée', 'saisies ne sont pas encore enregistrées')} par le
            serveur.
          </p>
        </Dialog>
      )}
      {problem && (
        <Dialog title="Votre session est toujours ouverte" size="s" onClose={() => setProblem(undefined)}>
          <ProblemAlert problem={problem} />
        </Dialog>
      )}
    </>
  )
}

/** Closing the window while something typed is not kept yet asks first. */
function useUnsavedWarning() {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      holdDrafts()
      if (countUnsaved() + countHeld()) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    // A telephone puts the page away without asking.
    window.addEventListener('pagehide', holdDrafts)
    return () => {
      window.removeEventListener('beforeunload', warn)
      window.removeEventListener('pagehide', holdDrafts)
    }
  }, [])
}
