import { useState } from 'react'
import type { CopyFieldsFragment } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { formatMoment } from '../text/dates'
import { download } from '../text/download'
import { formatSize } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Seal } from './Seal'
import { KINDS } from './words'

/** One sealed copy: when and by whom, its seal, its files. */
export function CopyCard({ copy }: { copy: CopyFieldsFragment }) {
  const { kind, number, at, author, organization, ready, seal, refusal } = copy
  return (
    <li className="copy-card">
      <div className="copy-head">
        <h2>
          Copie n°&nbsp;{number} <span className="muted">{KINDS[kind].label}</span>
        </h2>
        <Badge tone={ready ? 'good' : 'info'} icon={ready ? 'lock' : 'clock'}>
          {ready ? 'Scellée' : 'En préparation'}
        </Badge>
      </div>
      <p>
        Le {formatMoment(at)}, par {author} ({organization}).
      </p>
      {ready && <Seal seal={seal} />}
      {ready && refusal && <Alert tone="warn">{refusal}</Alert>}
      {ready && !refusal && <CopyFiles copy={copy} />}
    </li>
  )
}

/** The archive, the signed PDF and the receipt of a copy that one may take. */
export function CopyFiles({ copy }: { copy: CopyFieldsFragment }) {
  const { fileName, fileSize, url, receiptUrl, pdfUrl } = copy
  const [busy, setBusy] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const take = async (address: string) => {
    setBusy(address)
    setProblem(await download(address))
    setBusy('')
  }
  return (
    <>
      <div className="row">
        <Button icon="download" busy={busy === url} onClick={() => void take(url)}>
          {fileName} ({formatSize(fileSize)})
        </Button>
        <Button look="quiet" icon="file" busy={busy === pdfUrl} onClick={() => void take(pdfUrl)}>
          PDF scellé
        </Button>
        <a className="button button-quiet" href={`${pdfUrl}?voir=1`} target="_blank" rel="noreferrer">
          <Icon name="eye" />
          <span>
            Afficher <span className="visually-hidden">le PDF scellé, dans une autre fenêtre</span>
          </span>
        </a>
        <Button look="quiet" icon="file" busy={busy === receiptUrl} onClick={() => void take(receiptUrl)}>
          {copy.kind === 'CLOSED' ? 'Attestation de fermeture' : 'Accusé de réception'}
        </Button>
      </div>
      <ProblemAlert problem={problem} />
    </>
  )
}
