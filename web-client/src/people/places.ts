import type { Viewer } from '../session/session'

/** The users of an organization, in the settings. */
export function usersPlace({ id }: { readonly id: string }): string {
  return `/parametrage?organisation=${id}`
}

interface Known {
  readonly closedAt?: string | null
}

/** Whether the viewer may ask why about this account: one of his organization's, or any as an editor of the rules. */
export function isExplained({ closedAt }: Known, viewer: Viewer | null | undefined, organization: string): boolean {
  return !closedAt && (viewer?.organization.id === organization || viewer?.editsPolicy === true)
}
