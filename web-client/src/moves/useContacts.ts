import { useState } from 'react'
import { useQuery } from 'urql'
import { DossierContactsDocument } from '../gen/graphql'
import type { Outcome } from '../graphql/once'
import { problemOf } from '../graphql/problem'
import { type Contact, changed, everyRole, faultOf, toSend } from './contacts'

export type Contacts = ReturnType<typeof useContacts>

/** The contacts that a move confirms: as the dossier has them, else as they are proposed. */
export function useContacts(dossier: string, isPaused = false) {
  const [{ data, error }] = useQuery({ query: DossierContactsDocument, variables: { id: dossier }, pause: isPaused })
  const [edited, setEdited] = useState<readonly Contact[]>()
  const [fault, setFault] = useState<ReturnType<typeof faultOf> & { message?: string }>()
  const known = data?.dossier.contacts.length ? data.dossier.contacts : data?.dossier.suggestedContacts
  const contacts = edited ?? (known && everyRole(known))
  const sent = toSend(contacts ?? [])
  return {
    contacts,
    problem: problemOf(error),
    fault,
    sent,
    change: (role: Contact['role'], part: Partial<Contact>) =>
      setEdited(contacts?.map((contact) => (contact.role === role ? changed(contact, part) : contact))),
    /** Shows what was refused of them beside its text. */
    judge: <T extends Outcome<unknown>>(answer: T): T => {
      const found = faultOf(answer.problem?.path, sent)
      setFault(found && { ...found, message: answer.problem?.message })
      return answer
    },
  }
}
