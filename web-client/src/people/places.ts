/** The users of an organization, in the settings. */
export function usersPlace({ id }: { readonly id: string }): string {
  return `/parametrage?organisation=${id}`
}
