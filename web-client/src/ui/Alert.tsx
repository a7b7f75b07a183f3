import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'
import { IconButton } from './Button'

type Tone = 'info' | 'good' | 'warn' | 'bad'

const ICONS: Readonly<Record<Tone, IconName>> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' }

interface Props {
  readonly tone: Tone
  readonly title?: string
  readonly children?: ReactNode
  readonly onClose?: () => void
}

/** A message in its place on the page; a bad one is said at once, the others when it is polite. */
export function Alert({ tone, title, children, onClose }: Props) {
  return (
    <div className={`alert alert-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[tone]} />
      <div className="alert-body">
        {title && <p className="alert-title">{title}</p>}
        {children}
      </div>
      {onClose && <IconButton icon="close" label="Fermer ce message" onClick={onClose} />}
    </div>
  )
}
