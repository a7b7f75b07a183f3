interface Home {
  readonly form: string | null
  readonly year: number | null
}

/** Where to land after signing in: only on this site, for the address in the query may come from anyone. */
export function placeToGo(asked: string | null, home: Home): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : homePlace(home)
}

/** The search, with the form and the year that the person wants to find first. */
function homePlace({ form, year }: Home): string {
  const named = new URLSearchParams()
  if (form) named.set('formulaire', form)
  if (year) named.set('annee', String(year))
  return named.size > 0 ? `/?${named}` : '/'
}
