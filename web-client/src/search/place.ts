import type { Category, DossierCriteria, DossierSort, Step } from '../gen/graphql'
import { isDay } from '../text/calendar'
import { STEPS } from './criteria'

/** A question that may stay open. */
export type Answer = '' | 'oui' | 'non'

/** What is searched, as the page's address holds it, so that Back and a bookmark find it again. */
export interface SearchPlace {
  readonly text: string
  /** The filter within the results. */
  readonly within: string
  readonly name: string
  readonly siren: string
  readonly code: string
  readonly department: string
  readonly user: string
  readonly officer: string
  readonly accountManager: string
  /** The number of the step that was reached between the two days; the current one where there is none. */
  readonly passedStep: string
  readonly passedSince: string
  readonly passedUntil: string
  readonly handedSince: string
  readonly handedUntil: string
  readonly categories: readonly string[]
  readonly forms: readonly string[]
  readonly years: readonly string[]
  /** Numbers. */
  readonly steps: readonly string[]
  readonly labels: readonly string[]
  readonly federated: Answer
  readonly erTransmitted: Answer
  readonly anomalies: Answer
  readonly unread: Answer
  readonly late: Answer
}

export interface SearchOrder {
  readonly sort: DossierSort
  readonly descending: boolean
}

type Texts = { [Key in keyof SearchPlace]: SearchPlace[Key] extends readonly string[] ? never : Key }[keyof SearchPlace]
type Lists = Exclude<keyof SearchPlace, Texts>

/** The name that each has in the address. */
const TEXTS: Readonly<Record<Texts, string>> = {
  text: 'q',
  within: 'dans',
  name: 'nom',
  siren: 'siren',
  code: 'code',
  department: 'departement',
  user: 'utilisateur',
  officer: 'charge',
  accountManager: 'responsable',
  passedStep: 'passage',
  passedSince: 'passage_du',
  passedUntil: 'passage_au',
  handedSince: 'remise_du',
  handedUntil: 'remise_au',
  federated: 'federe',
  erTransmitted: 'er_transmis',
  anomalies: 'anomalies',
  unread: 'non_lus',
  late: 'retard',
}
const LISTS: Readonly<Record<Lists, string>> = {
  categories: 'famille',
  forms: 'formulaire',
  years: 'annee',
  steps: 'etape',
  labels: 'etiquette',
}
const TEXT_KEYS = Object.keys(TEXTS) as Texts[]
const LIST_KEYS = Object.keys(LISTS) as Lists[]
const ANSWERS = ['federated', 'erTransmitted', 'anomalies', 'unread', 'late'] as const
const DAYS = ['passedSince', 'passedUntil', 'handedSince', 'handedUntil'] as const
const WORDS = ['name', 'siren', 'code', 'department', 'user', 'officer', 'accountManager'] as const
/** What the short form shows; the others are of the detailed one. */
const SHORT: readonly (keyof SearchPlace)[] = ['text', 'within', 'forms', 'years', 'steps']
export const BY_CODE: SearchOrder = { sort: 'CODE', descending: false }

export const NOWHERE: SearchPlace = readPlace(new URLSearchParams())

export function readPlace(params: URLSearchParams): SearchPlace {
  const texts = TEXT_KEYS.map((key) => [key, params.get(TEXTS[key]) ?? ''] as const)
  const lists = LIST_KEYS.map((key) => [key, (params.get(LISTS[key]) ?? '').split(',').filter(Boolean)] as const)
  const place = Object.fromEntries<unknown>([...texts, ...lists]) as unknown as SearchPlace
  // An address may be typed: an answer that is none asks nothing.
  const answers = ANSWERS.map((key) => [key, ['oui', 'non'].includes(place[key]) ? place[key] : ''] as const)
  return { ...place, ...Object.fromEntries(answers) }
}

export function readOrder(params: URLSearchParams): SearchOrder {
  const sort = (params.get('tri') ?? 'code').toUpperCase()
  return { sort: isSort(sort) ? sort : 'CODE', descending: params.get('sens') === 'desc' }
}

export function writePlace(place: SearchPlace, { sort, descending }: SearchOrder = BY_CODE): URLSearchParams {
  const named = [
    ...TEXT_KEYS.map((key) => [TEXTS[key], place[key].trim()] as const),
    ...LIST_KEYS.map((key) => [LISTS[key], place[key].join(',')] as const),
    ['tri', sort === 'CODE' ? '' : sort.toLowerCase()] as const,
    ['sens', descending ? 'desc' : ''] as const,
  ]
  return new URLSearchParams(named.filter(([, value]) => value).map(([name, value]) => [name, value]))
}

/** Whether there is something to search for: a filter within the results is none by itself. */
export function hasCriterion(place: SearchPlace): boolean {
  return Object.keys(criteriaOf({ ...place, within: '' })).length > 0
}

/** Whether the detailed form must be open to show it. */
export function isDetailed(place: SearchPlace): boolean {
  return writePlace(shortened(place, NOWHERE)).size > 0
}

/** Only what the short form shows. */
export function shortOnly(place: SearchPlace): SearchPlace {
  return shortened(NOWHERE, place)
}

function shortened(place: SearchPlace, short: SearchPlace): SearchPlace {
  return { ...place, ...Object.fromEntries(SHORT.map((key) => [key, short[key]])) }
}

/** The days that are none, by the name of their field, and the intervals that end before they begin. */
export function wrongDays(place: SearchPlace): Readonly<Record<string, string>> {
  const wrong: Record<string, string> = {}
  for (const key of DAYS) {
    if (place[key] && !isDay(place[key])) wrong[key] = 'Écrivez cette date comme 31/12/2025.'
  }
  for (const [since, until] of [DAYS.slice(0, 2), DAYS.slice(2)] as ['passedSince', 'passedUntil'][]) {
    if (place[since] && place[until] && !wrong[since] && !wrong[until] && place[until] < place[since])
      wrong[until] = 'Cette date est avant la première\u00a0: inversez-les.'
  }
  return wrong
}

/** What the server is asked. A single day is asked as an interval of one day. */
export function criteriaOf(place: SearchPlace): DossierCriteria {
  const named: Record<string, unknown> = {
    search: place.text.trim(),
    within: place.within.trim(),
    ...Object.fromEntries(WORDS.map((key) => [key, place[key].trim()])),
    ...Object.fromEntries(DAYS.map((key) => [key, isDay(place[key]) ? place[key] : ''])),
    ...Object.fromEntries(ANSWERS.map((key) => [key, place[key] && place[key] === 'oui'])),
    siren: place.siren.replace(/\s/g, ''),
    categories: place.categories,
    forms: place.forms,
    years: place.years.map(Number).filter((year) => year > 0),
    steps: place.steps.flatMap((number) => STEPS[Number(number)]?.step ?? []),
    passedStep: hasPassage(place) && place.passedStep ? STEPS[Number(place.passedStep)]?.step : '',
    labels: place.labels,
  }
  for (const [since, until] of [
    ['passedSince', 'passedUntil'],
    ['handedSince', 'handedUntil'],
  ] as const) {
    if (named[since] && !named[until]) named[until] = named[since]
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => isAsked(value)))
}

function hasPassage({ passedSince, passedUntil }: SearchPlace): boolean {
  return isDay(passedSince) || isDay(passedUntil)
}

function isAsked(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== '' && value !== undefined
}

/** The place of criteria that were kept: what `criteriaOf` made of it, or a program. */
export function placeOf(criteria: DossierCriteria): SearchPlace {
  const text = (key: keyof DossierCriteria) => String(criteria[key] ?? '')
  const { passedSince, passedUntil, handedSince, handedUntil, form, year, category } = criteria
  return {
    ...NOWHERE,
    ...Object.fromEntries(WORDS.map((key) => [key, text(key)])),
    ...Object.fromEntries(ANSWERS.map((key) => [key, answerOf(criteria[key])])),
    text: text('search'),
    within: text('within'),
    passedSince: passedSince ?? '',
    passedUntil: passedUntil === passedSince ? '' : (passedUntil ?? ''),
    handedSince: handedSince ?? '',
    handedUntil: handedUntil === handedSince ? '' : (handedUntil ?? ''),
    passedStep: criteria.passedStep ? numberOf(criteria.passedStep) : '',
    categories: all<Category>(criteria.categories, category),
    forms: all<string>(criteria.forms, form),
    years: all<number>(criteria.years, year).map(String),
    steps: (criteria.steps ?? []).map(numberOf),
    labels: criteria.labels ?? [],
  }
}

function answerOf(value: boolean | null | undefined): Answer {
  if (value === null || value === undefined) return ''
  return value ? 'oui' : 'non'
}

function all<One>(many: readonly One[] | null | undefined, one: One | null | undefined): readonly One[] {
  return many ?? (one ? [one] : [])
}

function numberOf(step: Step): string {
  return String(STEPS.findIndex((known) => known.step === step))
}

const SORTS: readonly DossierSort[] = [
  'CODE',
  'NAME',
  'CATEGORY',
  'SIREN',
  'DEPARTMENT',
  'FORM',
  'YEAR',
  'STEP',
  'STEP_SINCE',
  'TRANSMITTED',
  'ER_TRANSMITTED',
  'OFFICER',
  'ACCOUNT_MANAGER',
]

function isSort(name: string): name is DossierSort {
  return (SORTS as readonly string[]).includes(name)
}
