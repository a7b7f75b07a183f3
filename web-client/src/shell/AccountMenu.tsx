import { Suspense, lazy, useState } from 'react'
import type { Viewer } from '../session/session'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { NoticeDialog } from '../ui/NoticeDialog'
import { useDisclosure } from './useDisclosure'

const PasswordDialog = lazy(() =>
  import('../people/PasswordDialog').then((module) => ({ default: module.PasswordDialog })),
)
const SupervisionDialog = lazy(() =>
  import('../support/SupervisionDialog').then((module) => ({ default: module.SupervisionDialog })),
)

/** Whoever is there, and what is his own: the manual, his password, his screens shown to a hotline. */
export function AccountMenu({ viewer: { account, name } }: { viewer: Viewer }) {
  const { box, button, isOpen, toggle } = useDisclosure()
  const [dialog, setDialog] = useState<'password' | 'done' | 'screens'>()
  if (!account) return <span className="banner-name">{name}</span>
  const open = (next: 'password' | 'screens') => {
    toggle()
    // The window gives the focus back to what had it, and the menu goes with what was pressed.
    button.current?.querySelector('button')?.focus()
    setDialog(next)
  }
  const close = () => setDialog(undefined)
  return (
    <div ref={box} className="account">
      <span ref={button}>
        <Button
          look="quiet"
          icon="key"
          className="banner-name"
          title="Mon compte"
          aria-expanded={isOpen}
          aria-controls="account-menu"
          onClick={toggle}
        >
          {name}
          <span className="visually-hidden"> – mon compte</span>
        </Button>
      </span>
      {isOpen && (
        <ul id="account-menu" className="account-menu">
          <li className="account-name">{name}</li>
          <li>
            <a className="menu-link" href="/manuel.pdf" download>
              <Icon name="file" size={16} />
              Manuel d’utilisation (PDF)
            </a>
          </li>
          <li>
            <button type="button" className="menu-link" onClick={() => open('password')}>
              <Icon name="key" size={16} />
              Changer mon mot de passe
            </button>
          </li>
          <li>
            <button type="button" className="menu-link" onClick={() => open('screens')}>
              <Icon name="eye" size={16} />
              Montrer mes écrans
            </button>
          </li>
        </ul>
      )}
      <Suspense fallback={null}>
        {dialog === 'password' && (
          <PasswordDialog
            account={{ id: account, isMe: true, firstName: name, lastName: '' }}
            onClose={() => setDialog((shown) => (shown === 'done' ? shown : undefined))}
            onDone={() => setDialog('done')}
          />
        )}
        {dialog === 'screens' && <SupervisionDialog onClose={close} />}
      </Suspense>
      {dialog === 'done' && <PasswordChanged onClose={close} />}
    </div>
  )
}

function PasswordChanged({ onClose }: { onClose: () => void }) {
  return (
    <NoticeDialog title="Mot de passe changé" onClose={onClose}>
      <p>Votre nouveau mot de passe est en vigueur&nbsp;; vos autres sessions sont fermées.</p>
    </NoticeDialog>
  )
}
