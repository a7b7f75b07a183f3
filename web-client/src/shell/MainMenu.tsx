import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useSession } from '../session/session'
import { Button } from '../ui/Button'
import { Icon, type IconName } from '../ui/Icon'
import { useDisclosure } from './useDisclosure'

/** The menu of the banner: in one line where there is room, else behind a button. */
export function MainMenu() {
  const { viewer } = useSession()
  const { box, button, isOpen, toggle } = useDisclosure()
  return (
    <div ref={box} className="menu">
      <span ref={button}>
        <Button className="menu-toggle" icon="list" aria-expanded={isOpen} aria-controls="menu" onClick={toggle}>
          Menu
        </Button>
      </span>
      <nav id="menu" className={isOpen ? 'is-open' : undefined} aria-label="Menu principal">
        <MenuLink href="/" icon="search">
          Recherche
        </MenuLink>
        <MenuLink href="/liste-de-travail" icon="fill">
          Liste de travail
        </MenuLink>
        <MenuLink href="/exports" icon="archive">
          Exports
        </MenuLink>
        {viewer?.editsForms && (
          <MenuLink href="/formulaires" icon="list">
            Formulaires
          </MenuLink>
        )}
        {viewer?.seesConventions && (
          <MenuLink href="/conventions" icon="file">
            Conventions
          </MenuLink>
        )}
        {viewer && viewer.kind !== 'OPERATOR' && (
          <MenuLink href="/acces" icon="key">
            Accès
          </MenuLink>
        )}
        {viewer?.conductsCampaigns && (
          <MenuLink href="/campagnes" icon="clock">
            Campagnes
          </MenuLink>
        )}
        {viewer?.editsPolicy && (
          <MenuLink href="/droits" icon="shield">
            Droits
          </MenuLink>
        )}
        {viewer?.administersUsers && (
          <MenuLink href="/parametrage" icon="settings">
            Paramétrage
          </MenuLink>
        )}
        <MenuLink href="/assistance" icon="info" isNarrow>
          Assistance
        </MenuLink>
      </nav>
    </div>
  )
}

interface LinkProps {
  readonly href: string
  readonly icon: IconName
  /** Whether it is in the menu only where the banner has no room for it. */
  readonly isNarrow?: boolean
  readonly children: ReactNode
}

function MenuLink({ href, icon, isNarrow = false, children }: LinkProps) {
  const [location] = useLocation()
  const isInside = location.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      className={isNarrow ? 'menu-link is-narrow' : 'menu-link'}
      aria-current={location === href ? 'page' : isInside ? 'true' : undefined}
    >
      <Icon name={icon} size={16} />
      {children}
    </Link>
  )
}
