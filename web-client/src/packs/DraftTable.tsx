import { Link } from 'wouter'
import type { PacksQuery } from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { Scroller } from '../ui/Scroller'
import { revisionName } from './words'

/** The revisions under way, that no dossier knows of yet. */
export function DraftTable({ drafts }: { drafts: PacksQuery['packDrafts'] }) {
  return (
    <section className="packs-section" aria-labelledby="brouillons">
      <h2 id="brouillons">Brouillons</h2>
      {drafts.length === 0 ? (
        <p className="muted">Aucun brouillon&nbsp;: préparez la révision suivante d’un formulaire ci-dessous.</p>
      ) : (
        <Scroller className="table-box" label="Liste des brouillons">
          <table>
            <thead>
              <tr>
                <th scope="col">Révision à venir</th>
                <th scope="col">Partie de</th>
                <th scope="col">Commentaire</th>
                <th scope="col">Auteur</th>
                <th scope="col">Déposé le</th>
              </tr>
            </thead>
            <tbody>
              {drafts.map(({ id, key, base, note, author, createdAt }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link href={`/formulaires/brouillons/${id}`}>{revisionName(key)}</Link>
                  </th>
                  <td>{base ? revisionName(base) : 'aucune révision'}</td>
                  <td>{note || '–'}</td>
                  <td>{author ?? 'ligne de commande'}</td>
                  <td className="numeric">{formatMoment(createdAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  )
}
