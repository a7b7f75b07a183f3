import { Link } from 'wouter'
import { usePageTitle } from './usePageTitle'

export function NotFoundPage({ message }: { message?: string }) {
  usePageTitle('Page introuvable')
  return (
    <div className="centered stack">
      <h1>Page introuvable</h1>
      <p>{message ?? 'Cette adresse ne mène à aucune page d’Harmonia.'}</p>
      <p>
        <Link href="/">Revenir à la recherche</Link>
      </p>
    </div>
  )
}
