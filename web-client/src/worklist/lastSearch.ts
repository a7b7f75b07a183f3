/** Where the last search was: one comes back to its results from the work list beside them (manual §7.1.1). */
let address = '/'

export function rememberSearch(params: URLSearchParams): void {
  address = params.size > 0 ? `/?${params}` : '/'
}

export function lastSearch(): string {
  return address
}
