import { Icon } from '../ui/Icon'

/** The users' manual, as a file (manual §5.2). */
export function ManualSection() {
  return (
    <section className="support-card" aria-labelledby="manuel">
      <h2 id="manuel">Manuel d’utilisation</h2>
      <p>Toutes les fonctions, chapitre par chapitre, dans un PDF à garder ou à imprimer.</p>
      <p>
        <a className="button button-secondary" href="/manuel.pdf" download>
          <Icon name="download" size={16} />
          Télécharger le manuel
        </a>
      </p>
    </section>
  )
}
