import { of } from '../people/words'

/** About whom one asks: a person, or a client application; neither is oneself. */
export interface Whom {
  readonly user?: string
  readonly client?: string
  readonly name: string
}

export const ME: Whom = { name: 'Vous' }

/** `de Marie Durand`, `de l’application « Paie »`. */
export function ofWhom({ client, name }: Whom): string {
  return client === undefined ? of(name) : `de l’application «\u00a0${name}\u00a0»`
}

/** The place of a box in the settings; the screen goes to it, then forgets it. */
export function boxPlace(
  user: string,
  box: Readonly<Record<'plateforme' | 'formulaire' | 'fonction' | 'etape', string>>,
) {
  return `/parametrage/utilisateurs/${user}?${new URLSearchParams(box)}`
}
