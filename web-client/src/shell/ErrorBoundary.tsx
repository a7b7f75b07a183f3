import { Component, type ReactNode } from 'react'
import { Alert } from '../ui/Alert'

/** A fault of the page itself says so, instead of leaving a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <main className="centered">
        <Alert tone="bad" title="Cette page a rencontré une erreur.">
          <p>
            Les valeurs enregistrées sont sauves. <a href={window.location.href}>Recharger la page</a>
          </p>
        </Alert>
      </main>
    )
  }
}
