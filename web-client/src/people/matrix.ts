import type { BoxState } from '../gen/graphql'

/** One box of the matrix function × step, as the server gives it. */
export interface Box {
  readonly step: number
  readonly state: BoxState
  readonly editable: boolean
  /** Why it cannot be changed, in one sentence; nothing for a free box. */
  readonly reason?: string | null
}

export interface FunctionRow {
  readonly right: string
  readonly label: string
  readonly cells: readonly Box[]
}

export interface Profile {
  readonly name: string
  readonly label: string
  readonly rows: readonly FunctionRow[]
}

/** The rights of one user on one form, as saved. */
export interface SavedRights {
  readonly profile?: { readonly name: string } | null
  readonly contact: boolean
  readonly rows: readonly FunctionRow[]
}

/** What is on the screen for one form, before it is saved. `ticked` holds the names of `boxName`. */
export interface Draft {
  readonly profile: string | null
  readonly contact: boolean
  readonly ticked: ReadonlySet<string>
}

/** How a box is drawn; the last two are grey. */
export type Look = 'granted' | 'refused' | 'inherited' | 'imposedOn' | 'imposedOff'

/** Some steps of one function. */
export interface Change {
  readonly right: string
  readonly label: string
  readonly steps: readonly number[]
}

export interface Changes {
  readonly gained: readonly Change[]
  readonly lost: readonly Change[]
}

export const NO_BOXES: ReadonlySet<string> = new Set()

export function boxName(right: string, step: number): string {
  return `${right}@${step}`
}

export function isImposed({ state }: Box): boolean {
  return state === 'IMPOSED_ON' || state === 'IMPOSED_OFF'
}

function isOn({ state }: Box): boolean {
  return state === 'GRANTED' || state === 'INHERITED' || state === 'IMPOSED_ON'
}

/** The names of the boxes that are on. */
export function ticksOf(rows: readonly FunctionRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ right, cells }) => cells.filter(isOn).map(({ step }) => boxName(right, step))))
}

export function draftOf({ profile, contact, rows }: SavedRights): Draft {
  return { profile: profile?.name ?? null, contact, ticked: ticksOf(rows) }
}

export function isSame(one: Draft, other: Draft): boolean {
  return one.profile === other.profile && one.contact === other.contact && sameSet(one.ticked, other.ticked)
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name))
}

/** `given`: the boxes of the draft's profile, which make a ticked box an inherited one. */
export function lookOf(right: string, box: Box, draft: Draft, given: ReadonlySet<string>): Look {
  if (isImposed(box)) return box.state === 'IMPOSED_ON' ? 'imposedOn' : 'imposedOff'
  const name = boxName(right, box.step)
  if (!draft.ticked.has(name)) return 'refused'
  return given.has(name) ? 'inherited' : 'granted'
}

/** The draft with these boxes on or off; a box that is not free stays as it is. */
export function setBoxes(
  rows: readonly FunctionRow[],
  draft: Draft,
  on: boolean,
  concerns: (right: string, step: number) => boolean,
): Draft {
  const ticked = new Set(draft.ticked)
  for (const [right, box] of freeBoxes(rows)) {
    if (!concerns(right, box.step)) continue
    if (on) ticked.add(boxName(right, box.step))
    else ticked.delete(boxName(right, box.step))
  }
  return { ...draft, ticked }
}

export function freeBoxes(rows: readonly FunctionRow[]): [right: string, box: Box][] {
  return rows.flatMap(({ right, cells }) =>
    cells.filter((box) => box.editable && !isImposed(box)).map((box): [string, Box] => [right, box]),
  )
}

/** Ticks all the free boxes of a row (or of a column), or unticks them where all are on. */
export function fill(rows: readonly FunctionRow[], draft: Draft, place: { right?: string; step?: number }): Draft {
  const concerns = (right: string, step: number) =>
    (place.right === undefined || place.right === right) && (place.step === undefined || place.step === step)
  const boxes = freeBoxes(rows).filter(([right, { step }]) => concerns(right, step))
  const isFull = boxes.every(([right, { step }]) => draft.ticked.has(boxName(right, step)))
  return setBoxes(rows, draft, !isFull, concerns)
}

/** Fills the table from a profile: each free box as the profile has it, the others as they are. */
export function applyProfile(rows: readonly FunctionRow[], draft: Draft, profile: Profile | null): Draft {
  const given = profile ? ticksOf(profile.rows) : NO_BOXES
  const ticked = new Set(draft.ticked)
  for (const [right, { step }] of freeBoxes(rows)) {
    const name = boxName(right, step)
    if (given.has(name)) ticked.add(name)
    else ticked.delete(name)
  }
  return { ...draft, profile: profile?.name ?? null, ticked }
}

/** What `after` has more and less than `before`, function by function in the order of the table. */
export function compare(
  rows: readonly FunctionRow[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Changes {
  return { gained: extra(rows, after, before), lost: extra(rows, before, after) }
}

function extra(rows: readonly FunctionRow[], some: ReadonlySet<string>, others: ReadonlySet<string>): Change[] {
  return rows
    .map(({ right, label, cells }) => ({
      right,
      label,
      steps: cells
        .filter((box) => !isImposed(box))
        .map(({ step }) => step)
        .filter((step) => some.has(boxName(right, step)) && !others.has(boxName(right, step))),
    }))
    .filter(({ steps }) => steps.length > 0)
}

/** The boxes to write: every one that is not as the profile has it. */
export function boxesToWrite(rows: readonly FunctionRow[], draft: Draft, given: ReadonlySet<string>) {
  const { gained, lost } = compare(rows, given, draft.ticked)
  return [...writes(gained, true), ...writes(lost, false)]
}

function writes(changes: readonly Change[], granted: boolean) {
  return changes.flatMap(({ right, steps }) => steps.map((step) => ({ right, step, granted })))
}
