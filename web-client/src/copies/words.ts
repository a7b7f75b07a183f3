import type { CopyKind } from '../gen/graphql'

/** What each kind of copy is called, and the folder that the manual keeps it in (§3). */
export const KINDS: Readonly<Record<CopyKind, { readonly label: string; readonly folder: string }>> = {
  TRANSMITTED: { label: 'À la transmission', folder: 'Transmis' },
  CLOSED: { label: 'À la fermeture', folder: 'Fiabilise' },
}

/** A hash in blocks of eight, as receipts print it. */
export function blocks(seal: string): string {
  return seal.match(/.{1,8}/g)?.join(' ') ?? ''
}
