import { useState } from 'react'
import type { AccountQuery } from '../gen/graphql'
import {
  type Changes,
  type Draft,
  NO_BOXES,
  type Profile,
  applyProfile,
  boxesToWrite,
  compare,
  draftOf,
  isSame,
  setBoxes,
  ticksOf,
  boxName,
} from './matrix'

export type FormRights = AccountQuery['account']['forms'][number]

/** One form as it stands on the screen. */
export interface FormWork {
  readonly form: FormRights
  readonly draft: Draft
  readonly saved: Draft
  readonly profile: Profile | null
  /** The boxes of the draft's profile. */
  readonly given: ReadonlySet<string>
  readonly isChanged: boolean
}

interface Typed {
  readonly draft: Draft
  readonly profile: Profile | null
}

export function placeKey({ platform, form }: { platform: string; form: string }): string {
  return `${platform}/${form}`
}

/** What is being changed of a user's rights, form by form; nothing is lost by looking at another form. */
export function useRights(forms: readonly FormRights[]) {
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map())
  const works = forms.map((form) => workOf(form, typed.get(placeKey(form))))
  const set = (form: FormRights, next: Typed) => setTyped((known) => new Map(known).set(placeKey(form), next))
  return {
    works,
    changed: works.filter(({ isChanged }) => isChanged),
    change: ({ form, profile }: FormWork, draft: Draft) => set(form, { draft, profile }),
    fillFrom: ({ form, draft }: FormWork, profile: Profile | null) =>
      set(form, { draft: applyProfile(form.rows, draft, profile), profile }),
    copyTo: (from: FormWork, { form, draft }: FormWork, profile: Profile | null) =>
      set(form, { draft: { ...copyBoxes(from, form, draft), profile: profile?.name ?? null }, profile }),
    reload: (form: FormRights) => setTyped((known) => new Map([...known].filter(([key]) => key !== placeKey(form)))),
    reloadAll: () => setTyped(new Map()),
  }
}

export type Rights = ReturnType<typeof useRights>

function workOf(form: FormRights, typed: Typed | undefined): FormWork {
  const saved = draftOf(form)
  const draft = typed?.draft ?? saved
  const profile = typed ? typed.profile : (form.profile ?? null)
  const given = profile ? ticksOf(profile.rows) : NO_BOXES
  return { form, draft, saved, profile, given, isChanged: !isSame(draft, saved) }
}

function copyBoxes({ draft: from }: FormWork, { rows }: FormRights, draft: Draft): Draft {
  const has = (right: string, step: number) => from.ticked.has(boxName(right, step))
  const filled = setBoxes(rows, draft, true, has)
  return { ...setBoxes(rows, filled, false, (right, step) => !has(right, step)), contact: from.contact }
}

/** What changes on a form, against what is saved. */
export function changesOf({ form, draft, saved }: FormWork): Changes {
  return compare(form.rows, saved.ticked, draft.ticked)
}

/** What the form has more and less than its profile. */
export function differencesOf({ form, draft, given }: FormWork): Changes {
  return compare(form.rows, given, draft.ticked)
}

export function writeOf({ form, draft, given }: FormWork) {
  const { platform, form: name } = form
  const boxes = boxesToWrite(form.rows, draft, given)
  return { platform, form: name, profile: draft.profile, contact: draft.contact, boxes }
}

/** Whether anything would be taken away. Who takes it from himself cannot give it back: he gives what he has. */
export function takesAway(work: FormWork): boolean {
  return changesOf(work).lost.length > 0
}
