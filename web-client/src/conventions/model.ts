import type { ArticleInput, ConventionFieldsFragment, ConventionInput, ConventionState } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { boxName } from '../people/matrix'
import { formatDay } from '../text/dates'

export type Convention = ConventionFieldsFragment
export type Article = Convention['articles'][number]

interface Named {
  readonly key: string
  readonly name: string
}

/** An article while it is written: `ticked` holds the boxes function × step, `tabs` those of each form. */
export interface ArticleDraft {
  readonly id: number
  readonly number: string
  readonly text: string
  readonly forms: readonly string[]
  readonly groups: readonly string[]
  readonly included: readonly Named[]
  readonly excluded: readonly Named[]
  readonly ticked: ReadonlySet<string>
  readonly tabs: Readonly<Record<string, string>>
  readonly consent: boolean
  readonly forbids: boolean
}

export interface ConventionDraft {
  readonly partner: string
  readonly title: string
  readonly purpose: string
  readonly since: string
  readonly until: string
  readonly articles: readonly ArticleDraft[]
}

export const STATES: Readonly<
  Record<ConventionState, { label: string; tone: 'neutral' | 'info' | 'good' | 'warn' | 'bad' }>
> = {
  DRAFT: { label: 'brouillon', tone: 'info' },
  PLANNED: { label: 'à venir', tone: 'info' },
  IN_FORCE: { label: 'en vigueur', tone: 'good' },
  SUSPENDED: { label: 'suspendue', tone: 'warn' },
  ENDED: { label: 'échue', tone: 'neutral' },
}

let last = 0

export function newArticle(number: string): ArticleDraft {
  last += 1
  return {
    id: last,
    number,
    text: '',
    forms: [],
    groups: ['all'],
    included: [],
    excluded: [],
    ticked: new Set(),
    tabs: {},
    consent: false,
    forbids: false,
  }
}

/** The number after the last one that is a plain number. */
export function nextNumber(articles: readonly { readonly number: string }[]): string {
  return String(Math.max(0, ...articles.map(({ number }) => Number(number) || 0).filter(Number.isInteger)) + 1)
}

export function toggled(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter((item) => item !== one) : [...all, one]
}

export function draftOf(convention: Convention | undefined): ConventionDraft {
  if (!convention) {
    return { partner: '', title: '', purpose: '', since: '', until: '', articles: [newArticle('1')] }
  }
  const { partner, title, purpose, since, until, articles } = convention
  return { partner: partner.key, title, purpose, since, until, articles: articles.map(articleDraft) }
}

function articleDraft(article: Article): ArticleDraft {
  const { number, text, forms, groups, included, excluded, grants, tabs, consent, forbids } = article
  const ticked = grants.flatMap(({ right, steps }) => steps.map((step) => boxName(right, step)))
  return {
    ...newArticle(number),
    text,
    forms,
    included,
    excluded,
    consent,
    forbids,
    groups: groups.map(({ key }) => key),
    ticked: new Set(ticked),
    tabs: Object.fromEntries(tabs.map((one) => [one.form, one.tabs.join(', ')])),
  }
}

/** What is sent; the articles keep their order. */
export function inputOf(draft: ConventionDraft, platform: string): ConventionInput {
  return { ...draft, platform, articles: draft.articles.map(articleInput) }
}

function articleInput({
  number,
  text,
  forms,
  groups,
  included,
  excluded,
  ticked,
  tabs,
  consent,
  forbids,
}: ArticleDraft) {
  const input: ArticleInput = {
    number,
    text,
    forbids,
    consent: consent && !forbids,
    forms: [...forms],
    groups: [...groups],
    included: included.map(({ key }) => key),
    excluded: forbids ? [] : excluded.map(({ key }) => key),
    grants: grantsOf(ticked),
    tabs: forbids
      ? []
      : forms.map((form) => ({ form, tabs: codesIn(tabs[form]) })).filter((one) => one.tabs.length > 0),
  }
  return input
}

function grantsOf(ticked: ReadonlySet<string>) {
  const steps = new Map<string, number[]>()
  for (const name of ticked) {
    const [right = '', step] = name.split('@')
    steps.set(right, [...(steps.get(right) ?? []), Number(step)])
  }
  return [...steps].map(([right, at]) => ({ right, steps: at.toSorted((one, other) => one - other) }))
}

/** `A1, F01` and `a1 f01` name the same two tabs. */
export function codesIn(text: string | undefined): string[] {
  return (text ?? '')
    .toUpperCase()
    .split(/[\s,;+]+/)
    .filter(Boolean)
}

/** `du 14/03/2022 au 31/12/2031`. */
export function period({ since, until }: { since: string; until: string }): string {
  return `du ${formatDay(since)} au ${formatDay(until)}`
}

export interface Fault {
  /** The field: `title`, `articles.0.forms`. */
  readonly name: string
  readonly message: string
}

/** Everything that the server finds wrong in a convention, each fault at its field. */
export function faultsOf(problem: Problem | undefined): readonly Fault[] {
  const told = problem?.details['faults']
  if (!Array.isArray(told)) return []
  return (told as readonly { path: readonly string[]; message: string }[]).map(({ path: [, ...path], message }) => ({
    name: nameOf(path),
    message,
  }))
}

/** Organisms are chosen at one place, groups or not. */
function nameOf([head = '', place, field = '']: readonly string[]): string {
  if (head !== 'articles' || place === undefined) return head
  return `articles.${place}.${field === 'included' || field === 'excluded' ? 'groups' : field}`
}

/** What is said at a field; two faults of one field are two sentences. */
export function saidAt(faults: readonly Fault[], name: string): string | undefined {
  const said = faults.filter((fault) => fault.name === name).map(({ message }) => message)
  return said.join(' ') || undefined
}
