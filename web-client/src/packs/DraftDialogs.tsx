import { useClient } from 'urql'
import { useLocation } from 'wouter'
import { DiscardPackDraftDocument, PublishPackDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { plural } from '../text/numbers'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemAlert } from '../ui/Problem'
import type { Draft, Review } from './DraftPage'
import { UploadDialog } from './UploadDialog'
import { revisionName, revisionNumber } from './words'

export type OpenDraftDialog = 'publish' | 'replace' | 'discard'

interface Props {
  readonly draft: Draft
  readonly review: Review | undefined
  readonly onReplaced: (draft: string) => void
  readonly onClose: () => void
}

export function DraftDialogs({ open, ...props }: Props & { open: OpenDraftDialog }) {
  switch (open) {
    case 'publish':
      return <PublishDialog {...props} />
    case 'discard':
      return <DiscardDialog {...props} />
    case 'replace':
      return <UploadDialog start={startOf(props.draft)} onClose={props.onClose} onDone={props.onReplaced} />
  }
}

/** What is sent again with the files of a draft, so that the next one takes its place. */
export function startOf({ id, form, year, base, note, platform }: Draft) {
  return { form, year, base: revisionNumber(base), note, platform, replaces: id }
}

function PublishDialog({ draft, review, onClose }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const publish = async () => {
    if (await act(() => client.mutation(PublishPackDocument, { draft: draft.id }).toPromise())) onClose()
  }
  return (
    <ConfirmDialog
      title={`Publier ${revisionName(draft.key)}`}
      action="Publier définitivement"
      look="primary"
      icon="send"
      busy={busy}
      onAct={publish}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <ul className="packs-effects">
        <li>
          Les dossiers ouverts à partir de maintenant pour {draft.form} {draft.year} suivront cette révision.
        </li>
        <li>Les dossiers qui existent gardent la leur&nbsp;: aucune valeur ne change.</li>
        <li>
          Une révision publiée ne se modifie plus et ne se retire pas&nbsp;: pour la corriger, vous en publierez une
          autre.
        </li>
        {draft.base && review && (
          <li>
            {plural(review.difference.length, 'différence')} avec {draft.base}.
          </li>
        )}
      </ul>
    </ConfirmDialog>
  )
}

function DiscardDialog({ draft, onClose }: Props) {
  const client = useClient()
  const [, navigate] = useLocation()
  const { busy, problem, act } = useAct()
  const discard = async () => {
    const variables = { draft: draft.id }
    if (await act(() => client.mutation(DiscardPackDraftDocument, variables).toPromise())) {
      navigate('/formulaires', { replace: true })
    }
  }
  return (
    <ConfirmDialog
      title="Supprimer ce brouillon ?"
      action="Supprimer le brouillon"
      busy={busy}
      keep="Le garder"
      onAct={discard}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>Ses fichiers sont perdus s’ils ne sont pas ailleurs. Aucun dossier n’en dépend.</p>
    </ConfirmDialog>
  )
}
