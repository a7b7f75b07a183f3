/** Where to land after signing in: only on this site, for the address in the query may come from anyone. */
export function placeToGo(asked: string | null): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/'
}
