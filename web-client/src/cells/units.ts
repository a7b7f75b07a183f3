/** Decimals of the units that hold a number; every other unit holds text (the pack's own table). */
const DECIMALS: Readonly<Record<string, number>> = {
  eur: 2,
  keur: 3,
  pct: 2,
  nb: 0,
  nb2: 2,
  etp: 2,
  m2: 2,
  annee: 0,
}
const LABELS: Readonly<Record<string, string>> = {
  eur: '€',
  keur: 'k€',
  pct: '%',
  nb: 'nombre',
  nb2: 'nombre',
  etp: 'ETP',
  m2: 'm²',
  annee: 'année',
  date: 'date',
  code: 'code',
  siren: 'SIREN',
  cp: 'code postal',
  dept: 'département',
  tel: 'téléphone',
  courriel: 'courriel',
}

export function decimalsOf(unit: string): number | undefined {
  return DECIMALS[unit]
}

export function isNumber(unit: string): boolean {
  return unit in DECIMALS
}

/** What a tab says of its figures: `montants en euros`. */
export function unitSentence(unit: string): string {
  if (unit === 'eur') return 'montants en euros'
  return unit === 'keur' ? 'montants en milliers d’euros' : `unité\u00a0: ${unitLabel(unit)}`
}

/** The name of the list a unit refers to: `liste:dpe` → `dpe`. */
export function listOf(unit: string): string | undefined {
  return unit.startsWith('liste:') ? unit.slice('liste:'.length) : undefined
}

export function unitLabel(unit: string): string {
  return LABELS[unit] ?? (listOf(unit) ? 'choix dans une liste' : 'texte')
}
