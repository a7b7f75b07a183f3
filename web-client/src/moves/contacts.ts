import type { ContactRole, DossierContactsQuery } from '../gen/graphql'

export type Contact = Omit<DossierContactsQuery['dossier']['contacts'][number], '__typename'>

export const ROLES: readonly { readonly role: ContactRole; readonly label: string }[] = [
  { role: 'DECLARANT', label: 'Déclarant' },
  { role: 'DIRECTOR', label: 'Directeur' },
  { role: 'ACCOUNTANT', label: 'Comptable' },
]

/** One of each role, in the order of the form: as known, else blank. */
export function everyRole(known: readonly Contact[]): Contact[] {
  return ROLES.map(({ role }) => {
    const found = known.find((contact) => contact.role === role)
    const { name = '', title = '', email = '', phone = '' } = found ?? {}
    return { role, name, title, email, phone }
  })
}

/** Whether something is said of someone. */
export function isFilled({ name, title, email, phone }: Contact): boolean {
  return [name, title, email, phone].some((text) => text.trim())
}

export function changed(contact: Contact, part: Partial<Contact>): Contact {
  return { ...contact, ...part }
}

/** Those to send: the declarant, and whoever something is said of. */
export function toSend(contacts: readonly Contact[]): Contact[] {
  return contacts.filter((contact) => contact.role === 'DECLARANT' || isFilled(contact))
}

/** The place of the text at fault in what was sent, `['contacts', '1', 'email']`. */
export function faultOf(path: readonly string[] | undefined, sent: readonly Contact[]) {
  const [what, place, field] = path ?? []
  if (what !== 'contacts' || !field) return undefined
  const role = sent[Number(place)]?.role
  return role && { role, field }
}
