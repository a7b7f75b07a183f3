import { type ReactNode, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { useLocation } from 'wouter'
import {
  AttachSignedTextDocument,
  DeleteConventionDocument,
  EndConventionDocument,
  PublishConventionDocument,
  RenewConventionDocument,
  ResumeConventionDocument,
  SuspendConventionDocument,
} from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { Refusal } from '../people/Refusal'
import { encodeBase64 } from '../text/base64'
import { freshKey } from '../text/key'
import { plural } from '../text/numbers'
import type { ButtonProps } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/Field'
import { FileField } from '../ui/FileField'
import { Loading } from '../ui/Progress'
import type { Convention } from './model'
import { ConventionImpact } from './ConventionImpact'
import { useReach } from './useReach'

export type OpenConventionDialog = 'publish' | 'suspend' | 'resume' | 'end' | 'renew' | 'delete' | 'attach'

interface Props {
  readonly convention: Convention
  readonly onClose: () => void
}

export function ConventionDialogs({ open, ...props }: Props & { open: OpenConventionDialog }) {
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

interface FrameProps {
  readonly title: string
  readonly action: string
  readonly look?: ButtonProps['look']
  readonly ready?: boolean
  readonly onClose: () => void
  readonly send: () => Promise<{ error?: CombinedError }>
  readonly children: ReactNode
}

/** A window that asks for what a decision needs, sends it, and shows a refusal in its place. */
function Decision({ onClose, send, children, ...frame }: FrameProps) {
  const { busy, problem, act } = useAct()
  const decide = () =>
    act(async () => {
      const answer = await send()
      if (!answer.error) onClose()
      return answer
    })
  return (
    <FormDialog {...frame} busy={busy} onSend={() => void decide()} onClose={onClose}>
      <Refusal problem={problem} />
      {children}
    </FormDialog>
  )
}

function PublishDialog({ convention, onClose }: Props) {
  const client = useClient()
  const { id, revision, title } = convention
  return (
    <Decision
      title={`Mettre en vigueur « ${title} »`}
      action="Mettre en vigueur"
      onClose={onClose}
      send={() => client.mutation(PublishConventionDocument, { id, revision }).toPromise()}
    >
      <p>Ses règles s’appliquent aussitôt, entre ses deux dates.</p>
      <ConventionImpact convention={convention} />
    </Decision>
  )
}

/** What is at stake, in words. */
function Stake({ convention: { id, partner }, says }: { convention: Convention; says: string }) {
  const { reach, problem } = useReach(id)
  if (problem) return <Refusal problem={problem} />
  if (!reach) return <Loading label="Décompte…" />
  return (
    <p>
      {partner.name} {says}&nbsp;: {plural(reach.dossiers, 'dossier')} de {plural(reach.organisms, 'organisme')}, pour{' '}
      {plural(reach.users, 'compte')}.
    </p>
  )
}

function SuspendDialog({ convention, onClose }: Props) {
  const { id, revision, title } = convention
  const client = useClient()
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const variables = { id, revision, since, until: until || null, reason }
  return (
    <Decision
      title={`Suspendre « ${title} »`}
      action="Suspendre"
      look="danger"
      onClose={onClose}
      send={() => client.mutation(SuspendConventionDocument, variables).toPromise()}
    >
      <Stake convention={convention} says="perdra entre ces dates ce que la convention seule lui ouvre" />
      <Day label="À compter du" value={since} onChange={setSince} required />
      <Day label="Jusqu’au" hint="Vide&nbsp;: jusqu’à ce qu’elle soit levée" value={until} onChange={setUntil} />
      <Reason value={reason} onChange={setReason} />
    </Decision>
  )
}

function ResumeDialog({ convention, onClose }: Props) {
  const { id, revision, title } = convention
  const client = useClient()
  return (
    <Decision
      title={`Lever la suspension de « ${title} »`}
      action="Lever la suspension"
      onClose={onClose}
      send={() => client.mutation(ResumeConventionDocument, { id, revision }).toPromise()}
    >
      <p>Ce que la convention ouvrait à {convention.partner.name} l’est de nouveau dès maintenant.</p>
    </Decision>
  )
}

function EndDialog({ convention, onClose }: Props) {
  const { id, revision, title } = convention
  const client = useClient()
  const [on, setOn] = useState('')
  const [reason, setReason] = useState('')
  return (
    <Decision
      title={`Mettre fin à « ${title} »`}
      action="Mettre fin"
      look="danger"
      onClose={onClose}
      send={() => client.mutation(EndConventionDocument, { id, revision, on, reason }).toPromise()}
    >
      <Stake convention={convention} says="perdra après ce jour ce que la convention seule lui ouvre" />
      <Day label="Dernier jour" value={on} onChange={setOn} required />
      <Reason value={reason} onChange={setReason} />
    </Decision>
  )
}

function RenewDialog({ convention: { id, title }, onClose }: Props) {
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
    <Decision title={`Renouveler « ${title} »`} action="Préparer le renouvellement" onClose={onClose} send={send}>
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

function DeleteDialog({ convention: { id, revision, title }, onClose }: Props) {
  const client = useClient()
  const [, navigate] = useLocation()
  const send = async () => {
    const { error } = await client.mutation(DeleteConventionDocument, { id, revision }).toPromise()
    if (!error) navigate('/conventions', { replace: true })
    return { error }
  }
  return (
    <Decision
      title={`Supprimer « ${title} » ?`}
      action="Supprimer le brouillon"
      look="danger"
      onClose={onClose}
      send={send}
    >
      <p>Ce brouillon n’a rien ouvert à personne&nbsp;; son texte est perdu.</p>
    </Decision>
  )
}

function AttachDialog({ convention: { id, revision }, onClose }: Props) {
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
        hint="PDF, 10 Mo au plus"
        accept=".pdf,application/pdf"
        fileName={file?.name}
        onFiles={([chosen]) => setFile(chosen)}
      />
    </Decision>
  )
}

interface DayProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly required?: boolean
  readonly onChange: (day: string) => void
}

function Day({ onChange, ...props }: DayProps) {
  return <TextField type="date" {...props} onChange={({ target }) => onChange(target.value)} />
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <TextField label="Motif" required maxLength={200} value={value} onChange={({ target }) => onChange(target.value)} />
  )
}
