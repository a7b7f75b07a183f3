import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './Button'
import { Dialog } from './Dialog'

interface Props {
  readonly title: string
  readonly size?: 's' | 'm' | 'l'
  /** What the button that acts says. */
  readonly action: string
  readonly look?: ButtonProps['look']
  readonly icon?: ButtonProps['icon']
  readonly busy?: boolean
  /** Whether it is known what is agreed to. */
  readonly ready?: boolean
  /** What the button that leaves all as it is says. */
  readonly keep?: string
  readonly onAct: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A window that says what an act does before it is done; nothing is done by Enter alone. */
export function ConfirmDialog({ title, size = 's', action, look = 'danger', ready = true, ...props }: Props) {
  const { icon, busy, keep = 'Annuler', onAct, onClose, children } = props
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button look={look} icon={icon} busy={busy} disabled={!ready} onClick={() => void onAct()}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
