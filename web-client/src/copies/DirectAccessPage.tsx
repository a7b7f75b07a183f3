import { useMemo } from 'react'
import { useQuery } from 'urql'
import { useLocation, useSearchParams } from 'wouter'
import { DirectFoldersDocument, type DirectFoldersQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { plural } from '../text/numbers'
import { Icon } from '../ui/Icon'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { DirectFiles } from './DirectFiles'
import { KINDS } from './words'
import './copies.css'

type Folder = DirectFoldersQuery['directFolders'][number]

/** Sealed copies without opening any dossier: years, then the two folders of the manual (§3). */
export function DirectAccessPage() {
  usePageTitle('Accès direct aux données')
  const [{ data, error }] = useQuery({ query: DirectFoldersDocument })
  const [place] = useSearchParams()
  const form = `${place.get('plateforme') ?? ''} ${place.get('formulaire') ?? ''}`.trim()
  const problem = problemOf(error)
  const folders = data?.directFolders
  return (
    <div className="page copies">
      <header className="stack">
        <h1>Accès direct aux données</h1>
        <p className="muted">
          Les copies scellées des dossiers transmis et fermés, à télécharger sans ouvrir l’application dossier par
          dossier.
        </p>
      </header>
      <ProblemAlert problem={problem} />
      {!folders && !problem && <Loading label="Lecture de l’arborescence…" />}
      {folders?.length === 0 && (
        <p className="empty-list">
          Aucune copie ne vous est ouverte par l’accès direct. C’est la plateforme qui en donne le droit.
        </p>
      )}
      {folders && folders.length > 0 && <Tree folders={folders} form={form} year={Number(place.get('annee'))} />}
    </div>
  )
}

function Tree({ folders, form, year }: { folders: readonly Folder[]; form: string; year: number }) {
  const [, go] = useLocation()
  const forms = useMemo(() => [...new Set(folders.map(nameOf))].toSorted(), [folders])
  const shown = folders.filter((folder) => !form || nameOf(folder) === form)
  const years = [...new Set(shown.map((folder) => folder.year))]
  return (
    <>
      {forms.length > 1 && (
        <div className="copies-filter">
          <SelectField
            label="Plateforme et formulaire"
            value={forms.includes(form) ? form : ''}
            onChange={(event) => {
              const [platform = '', name = ''] = event.currentTarget.value.split(' ')
              go(platform ? `/acces-direct?plateforme=${platform}&formulaire=${name}` : '/acces-direct')
            }}
          >
            <option value="">Tous</option>
            {forms.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
        </div>
      )}
      {shown.length === 0 && <p className="empty-list">Aucune copie de ce formulaire ne vous est ouverte.</p>}
      <ul className="direct-tree">
        {years.map((one, rank) => (
          <li key={one}>
            <details open={year ? one === year : rank === 0}>
              <summary>
                <Icon name="archive" size={16} /> {one}
              </summary>
              <ul>
                {shown
                  .filter((folder) => folder.year === one)
                  .map((folder) => (
                    <li key={`${nameOf(folder)} ${folder.kind}`}>
                      <FolderNode folder={folder} />
                    </li>
                  ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}

function FolderNode({ folder }: { folder: Folder }) {
  const { platform, form, kind, files } = folder
  return (
    <details>
      <summary>
        <Icon name="archive" size={16} /> {KINDS[kind].folder}{' '}
        <span className="muted">
          {platform} {form} · {plural(files, 'fichier')}
        </span>
      </summary>
      <DirectFiles folder={folder} />
    </details>
  )
}

function nameOf({ platform, form }: Folder): string {
  return `${platform} ${form}`
}
