import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './Button'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly footer?: ReactNode
  readonly size?: 's' | 'm' | 'l' | 'drawer'
}

/**
 * A modal window on the browser's own <dialog>, which keeps the focus inside, gives it back and
 * closes on Escape. Mounted means open. The element marked `data-autofocus` gets the focus.
 */
export function Dialog({ title, onClose, children, footer, size = 'm' }: Props) {
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  // Before the window leaves the page: closed later, it could not give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    if (!dialog) return undefined
    if (!dialog.open) dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => dialog.close()
  }, [])
  return (
    <dialog
      ref={element}
      className={`dialog dialog-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        // React has it bubble: Escape would close the windows below too, and the focus would have nowhere to go back.
        event.stopPropagation()
        onClose()
      }}
      onClose={(event) => {
        event.stopPropagation()
        if (event.currentTarget.open) return
        // Escape pressed twice closes it without asking: it stays open as long as it is mounted.
        event.currentTarget.showModal()
        onClose()
      }}
    >
      <header className="dialog-header">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label="Fermer" onClick={onClose} />
      </header>
      <div className="dialog-body" ref={reachable}>
        {children}
      </div>
      {footer && <footer className="dialog-footer">{footer}</footer>}
    </dialog>
  )
}

/** What scrolls must be reached by keys, whatever it holds; what does not is no stop of its own. */
function reachable(body: HTMLDivElement | null) {
  if (!body) return undefined
  const tell = () => {
    if (body.scrollHeight > body.clientHeight) body.tabIndex = 0
    else body.removeAttribute('tabindex')
  }
  const watch = new ResizeObserver(tell)
  const changes = new MutationObserver(tell)
  watch.observe(body)
  changes.observe(body, { childList: true, subtree: true })
  return () => {
    watch.disconnect()
    changes.disconnect()
  }
}
