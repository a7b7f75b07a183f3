import type { Draft } from './model'

/** A value typed and not kept by the server; `message` says why it is refused, if it is. */
export interface KeptDraft {
  readonly id: string
  readonly draft: Draft
  readonly message?: string
}

const OWNER = 'harmonia.owner'
const PREFIX = 'harmonia.drafts.'

/**
 * The window's own storage outlives a reload and not the window: on a shared computer, nothing that
 * someone typed stays behind. A browser without it, or one that is full, only keeps what is in memory.
 */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

/** Drafts of anyone else are forgotten: they are never sent in the name of the next. */
export function ownDrafts(name: string): void {
  if (storage()?.getItem(OWNER) !== name) forgetDrafts()
  try {
    storage()?.setItem(OWNER, name)
  } catch {
    forgetDrafts()
  }
}

export function forgetDrafts(): void {
  const kept = storage()
  for (const key of Object.keys(kept ?? {})) if (key.startsWith(PREFIX)) kept?.removeItem(key)
}

export function keepDrafts(dossier: string, drafts: readonly KeptDraft[]): void {
  try {
    if (drafts.length) storage()?.setItem(PREFIX + dossier, JSON.stringify(drafts))
    else storage()?.removeItem(PREFIX + dossier)
  } catch {
    storage()?.removeItem(PREFIX + dossier)
  }
}

export function keptDrafts(dossier: string): readonly KeptDraft[] {
  try {
    return JSON.parse(storage()?.getItem(PREFIX + dossier) ?? '[]') as readonly KeptDraft[]
  } catch {
    return []
  }
}
