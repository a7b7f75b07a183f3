import { Suspense, lazy } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { LoginPage } from './session/LoginPage'
import { SessionProvider, useSession } from './session/session'
import { NotFoundPage } from './shell/NotFoundPage'
import { Shell } from './shell/Shell'
import { ErrorBoundary } from './shell/ErrorBoundary'
import { Loading } from './ui/Progress'
import { ProblemAlert } from './ui/Problem'

const SearchPage = lazy(() => import('./search/SearchPage').then((module) => ({ default: module.SearchPage })))
const DossierPage = lazy(() => import('./dossier/DossierPage').then((module) => ({ default: module.DossierPage })))
const ExchangePage = lazy(() => import('./exchange/ExchangePage').then((module) => ({ default: module.ExchangePage })))
const PiecesPage = lazy(() => import('./attachments/PiecesPage').then((module) => ({ default: module.PiecesPage })))
const CopiesPage = lazy(() => import('./copies/CopiesPage').then((module) => ({ default: module.CopiesPage })))
const DifferencePage = lazy(() =>
  import('./copies/DifferencePage').then((module) => ({ default: module.DifferencePage })),
)
const DirectAccessPage = lazy(() =>
  import('./copies/DirectAccessPage').then((module) => ({ default: module.DirectAccessPage })),
)
const WorkListPage = lazy(() => import('./worklist/WorkListPage').then((module) => ({ default: module.WorkListPage })))
const ExportsPage = lazy(() => import('./exports/ExportsPage').then((module) => ({ default: module.ExportsPage })))
const PacksPage = lazy(() => import('./packs/PacksPage').then((module) => ({ default: module.PacksPage })))
const PeoplePage = lazy(() => import('./people/PeoplePage').then((module) => ({ default: module.PeoplePage })))
const ProfilesPage = lazy(() => import('./people/ProfilesPage').then((module) => ({ default: module.ProfilesPage })))
const AccountPage = lazy(() => import('./people/AccountPage').then((module) => ({ default: module.AccountPage })))
const NewAccountPage = lazy(() =>
  import('./people/NewAccountPage').then((module) => ({ default: module.NewAccountPage })),
)
const CopiedAccountPage = lazy(() =>
  import('./people/NewAccountPage').then((module) => ({ default: module.CopiedAccountPage })),
)
const DraftPage = lazy(() => import('./packs/DraftPage').then((module) => ({ default: module.DraftPage })))
const ConventionsPage = lazy(() =>
  import('./conventions/ConventionsPage').then((module) => ({ default: module.ConventionsPage })),
)
const ConventionPage = lazy(() =>
  import('./conventions/ConventionPage').then((module) => ({ default: module.ConventionPage })),
)
const NewConventionPage = lazy(() =>
  import('./conventions/ConventionEditor').then((module) => ({ default: module.NewConventionPage })),
)
const EditConventionPage = lazy(() =>
  import('./conventions/ConventionEditor').then((module) => ({ default: module.EditConventionPage })),
)
const ConsentsPage = lazy(() => import('./consents/ConsentsPage').then((module) => ({ default: module.ConsentsPage })))
const SupportPage = lazy(() => import('./support/SupportPage').then((module) => ({ default: module.SupportPage })))
const NotificationsPage = lazy(() =>
  import('./notifications/NotificationsPage').then((module) => ({ default: module.NotificationsPage })),
)
const CampaignsPage = lazy(() =>
  import('./campaigns/CampaignsPage').then((module) => ({ default: module.CampaignsPage })),
)
const TransmittedPage = lazy(() =>
  import('./campaigns/TransmittedPage').then((module) => ({ default: module.TransmittedPage })),
)
const DeskPage = lazy(() => import('./desk/DeskPage').then((module) => ({ default: module.DeskPage })))

export function App() {
  return (
    <ErrorBoundary>
      <SessionProvider>
        <Switch>
          <Route path="/connexion" component={LoginPage} />
          <Route component={Private} />
        </Switch>
      </SessionProvider>
    </ErrorBoundary>
  )
}

/** The screens of whoever is signed in; anyone else signs in first, then lands where he was going. */
function Private() {
  const { viewer, problem } = useSession()
  const [location] = useLocation()
  if (viewer === undefined) {
    return (
      <main className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture d’Harmonia…" />}
      </main>
    )
  }
  if (viewer === null) {
    const place = location + window.location.search + window.location.hash
    return <Redirect to={place === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(place)}`} replace />
  }
  return (
    <Shell>
      <Suspense fallback={<Loading label="Chargement…" />}>
        <Switch>
          <Route path="/" component={SearchPage} />
          <Route path="/dossiers/:id/echanges">{({ id }) => <ExchangePage key={id} id={id} />}</Route>
          <Route path="/dossiers/:id/pieces">{({ id }) => <PiecesPage key={id} id={id} />}</Route>
          <Route path="/dossiers/:id/copies">{({ id }) => <CopiesPage key={id} id={id} />}</Route>
          <Route path="/dossiers/:id/ecarts">{({ id }) => <DifferencePage key={id} id={id} />}</Route>
          <Route path="/acces-direct" component={DirectAccessPage} />
          <Route path="/dossiers/:id/:tab?">{({ id, tab }) => <DossierPage key={id} id={id} tab={tab} />}</Route>
          <Route path="/liste-de-travail" component={WorkListPage} />
          <Route path="/exports" component={ExportsPage} />
          <Route path="/formulaires" component={PacksPage} />
          <Route path="/formulaires/brouillons/:id">{({ id }) => <DraftPage key={id} id={id} />}</Route>
          <Route path="/parametrage" component={PeoplePage} />
          <Route path="/parametrage/profils" component={ProfilesPage} />
          <Route path="/parametrage/utilisateurs/nouveau" component={NewAccountPage} />
          <Route path="/parametrage/utilisateurs/:id">{({ id }) => <AccountPage key={id} id={id} />}</Route>
          <Route path="/parametrage/utilisateurs/:id/dupliquer">
            {({ id }) => <CopiedAccountPage key={id} id={id} />}
          </Route>
          <Route path="/conventions" component={ConventionsPage} />
          <Route path="/conventions/nouvelle" component={NewConventionPage} />
          <Route path="/conventions/:id/modifier">{({ id }) => <EditConventionPage key={id} id={id} />}</Route>
          <Route path="/conventions/:id">{({ id }) => <ConventionPage key={id} id={id} />}</Route>
          <Route path="/notifications" component={NotificationsPage} />
          <Route path="/droits/*?" component={DeskPage} />
          <Route path="/campagnes/:section?">{({ section }) => <CampaignsPage section={section} />}</Route>
          <Route path="/transmis" component={TransmittedPage} />
          <Route path="/acces" component={ConsentsPage} />
          <Route path="/assistance" component={SupportPage} />
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  )
}
