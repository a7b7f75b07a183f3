import { useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import {
  AttachSignedTextDocument,
  DeleteConventionDocument,
  PublishConventionDocument,
  RenewConventionDocument,
} from '../gen/graphql'
import { encodeBase64 } from '../text/base64'
import { freshKey } from '../text/key'
import { TextField } from '../ui/Field'
import { FileField } from '../ui/FileField'
import { ConventionImpact } from './ConventionImpact'
import { Day, Decision, type DecisionProps } from './Decision'
import { EndDialog, ResumeDialog, SuspendDialog } from './StopDialogs'

export type OpenConventionDialog = 'publish' | 'suspend' | 'resume' | 'end' | 'renew' | 'delete' | 'attach'

export function ConventionDialogs({ open, ...props }: DecisionProps & { open: OpenConventionDialog }) {
  switch (open) {
    case 'publish':
      return <PublishDialog {...props} />
    case 'suspend':
      return <SuspendDialog {...props} />
    case 'resume':
      return <ResumeDialog {...props} />
    case 'end':
      return <EndDialog {...props} />
    case 'renew':
      return <RenewDialog {...props} />
    case 'delete':
      return <DeleteDialog {...props} />
    case 'attach':
      return <AttachDialog {...props} />
  }
}

function PublishDialog({ convention, onClose }: DecisionProps) {
  const client = useClient()
  const { id, revision, title } = convention
  return (
    <Decision
      size="l"
      title={`Mettre en vigueur «\u00a0${title}\u00a0»`}
      action="Mettre en vigueur"
      onClose={onClose}
      send={() => client.mutation(PublishConventionDocument, { id, revision }).toPromise()}
    >
      <p>Ses règles s’appliquent aussitôt, entre ses deux dates.</p>
      <ConventionImpact convention={convention} />
    </Decision>
  )
}

function RenewDialog({ convention: { id, title }, onClose }: DecisionProps) {
  const client = useClient()
  const [, navigate] = useLocation()
  const [name, setName] = useState(title)
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [idempotencyKey] = useState(freshKey)
  const send = async () => {
    const variables = { id, title: name, since, until, idempotencyKey }
    const { data, error } = await client.mutation(RenewConventionDocument, variables).toPromise()
    if (data) navigate(`/conventions/${data.renewConvention.id}`)
    return { error }
  }
  return (
    <Decision
      title={`Renouveler «\u00a0${title}\u00a0»`}
      action="Préparer le renouvellement"
      onClose={onClose}
      send={send}
    >
      <p>Un brouillon reprend ses articles&nbsp;; il n’ouvre rien avant d’être mis en vigueur.</p>
      <TextField
        label="Intitulé"
        required
        maxLength={200}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Day label="Du" value={since} onChange={setSince} required />
      <Day label="Au" value={until} onChange={setUntil} required />
    </Decision>
  )
}

function DeleteDialog({ convention: { id, revision, title }, onClose }: DecisionProps) {
  const client = useClient()
  const [, navigate] = useLocation()
  const send = async () => {
    const { error } = await client.mutation(DeleteConventionDocument, { id, revision }).toPromise()
    if (!error) navigate('/conventions', { replace: true })
    return { error }
  }
  return (
    <Decision
      title={`Supprimer «\u00a0${title}\u00a0»\u202f?`}
      action="Supprimer le brouillon"
      look="danger"
      onClose={onClose}
      send={send}
    >
      <p>Ce brouillon n’a rien ouvert à personne&nbsp;; son texte est perdu.</p>
    </Decision>
  )
}

function AttachDialog({ convention: { id, revision }, onClose }: DecisionProps) {
  const client = useClient()
  const [file, setFile] = useState<File>()
  const send = async () => {
    if (!file) return {}
    const content = encodeBase64(new Uint8Array(await file.arrayBuffer()))
    return client.mutation(AttachSignedTextDocument, { id, revision, name: file.name, content }).toPromise()
  }
  return (
    <Decision title="Joindre le texte signé" action="Joindre" ready={file !== undefined} onClose={onClose} send={send}>
      <FileField
        label="Choisir le PDF signé"
        hint="PDF, 10&nbsp;Mo au plus"
        accept=".pdf,application/pdf"
        fileName={file?.name}
        onFiles={([chosen]) => setFile(chosen)}
      />
    </Decision>
  )
}
