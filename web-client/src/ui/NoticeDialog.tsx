import type { ReactNode } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface Props {
  readonly title: string
  readonly size?: 's' | 'm'
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A window that only tells something: read, then closed. */
export function NoticeDialog({ title, size = 's', onClose, children }: Props) {
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-autofocus>
          Fermer
        </Button>
      }
    >
      {children}
    </Dialog>
  )
}
