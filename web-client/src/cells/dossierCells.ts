import type { Problem } from '../graphql/problem'
import { Emitter } from './emitter'
import { type CellData, type Draft, type Write, tabOf } from './model'
import type { KeptDraft } from './keeping'
import { Overlay } from './overlay'
import { TabStore } from './tabStore'

const PAUSE = 400
const RETRY = 5000
const MOST_WRITES = 2000

/** The server's answer to a batch: all of it written, or none. */
export interface WriteAnswer {
  readonly version: number
  readonly changed: Readonly<Record<string, string | null>>
  readonly conflicts: readonly {
    readonly cell: string
    readonly theirs?: string | null
    readonly author?: string | null
    readonly at?: string | null
  }[]
  readonly refused: readonly { readonly cell: string; readonly message: string }[]
}

export type SendWrites = (
  writes: readonly Write[],
) => Promise<{ readonly answer: WriteAnswer } | { readonly problem: Problem }>

export interface SaveSummary {
  readonly unsaved: number
  readonly refused: readonly string[]
  readonly conflicts: readonly string[]
  readonly saving: boolean
  readonly offline: boolean
}

interface Sent {
  readonly id: string
  readonly store: TabStore
  readonly draft: Draft
}

/** Every tab of a dossier that was opened, and the sending of what is typed in them. */
export class DossierCells {
  readonly saves = new Emitter()
  /** Counts the writes kept, so that a verification can tell that it is out of date. */
  written = 0
  /** The version of the dossier that the last write made: what was read before it is out of date. */
  version = 0
  /** The version of the dossier on screen: as first read, moved on by nothing but what is written here. */
  shown: number | undefined
  offline = false
  /** What the browser computes meanwhile. */
  readonly overlay = new Overlay(
    () => this.typed(),
    (id) => this.tabs.get(tabOf(id))?.refresh(id),
  )
  private readonly tabs = new Map<string, TabStore>()
  private stopped = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private inFlight: Promise<void> | undefined

  constructor(public send: SendWrites) {}

  tab(code: string): TabStore {
    let store = this.tabs.get(code)
    if (!store) {
      store = new TabStore(code, {
        onTyped: () => this.schedule(PAUSE),
        onPreview: (id, value) => this.overlay.show(id, value),
        localOf: (id) => this.overlay.valueOf(id),
      })
      store.changes.subscribe(() => {
        this.overlay.update()
        this.saves.emit()
      })
      this.tabs.set(code, store)
    }
    return store
  }

  /** Whoever typed here has left: nothing of it is sent any more, whatever is still to come. */
  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.forget([...this.tabs.keys()])
  }

  /** The dossier is read anew as a whole: the next tab read says which version the screen shows. */
  reopen(): void {
    this.shown = undefined
  }

  /** A tab was read at this version; one read later than the first does not show what changed in the others. */
  saw(version: number): void {
    this.shown ??= version
    this.overlay.seen(version)
  }

  /** Forgets tabs that are no longer there, with what was typed in them. */
  forget(tabs: readonly string[]): void {
    for (const code of tabs) this.tabs.delete(code)
    this.overlay.update()
    this.saves.emit()
  }

  summary(): SaveSummary {
    const all = this.drafted()
    return {
      unsaved: all.length,
      refused: all.filter(({ data }) => data.status === 'refused').map(({ id }) => id),
      conflicts: all.filter(({ data }) => data.status === 'conflict').map(({ id }) => id),
      saving: this.inFlight !== undefined,
      offline: this.offline,
    }
  }

  /** Sends at once what waits; resolves when nothing is in flight. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    while (this.inFlight) await this.inFlight
    const batch = this.takeWaiting()
    if (!batch.length) return
    this.inFlight = this.sendBatch(batch)
    this.saves.emit()
    await this.inFlight
  }

  /** Takes what a verb of the server changed; `asked` are the cells that it was to fill, if it named them. */
  took({ version, changed }: Pick<WriteAnswer, 'version' | 'changed'>, asked?: readonly string[]): void {
    if (asked) this.overlay.kept(new Map(asked.map((id) => [id, changed[id] ?? null])), version)
    else this.overlay.outdated.emit()
    this.wrote(version)
    this.apply(changed)
    for (const id of asked ?? []) {
      const store = this.tabs.get(tabOf(id))
      if (store && id in changed) store.set(id, { ...store.data(id), status: 'saved' })
    }
    this.written += 1
    this.saves.emit()
  }

  /** What the server does not keep yet, to be put back by `restore` in another life of the page. */
  drafts(): KeptDraft[] {
    return this.drafted().map(({ id, data }) => ({ id, draft: data.draft, message: data.message }))
  }

  restore(kept: readonly KeptDraft[]): void {
    for (const { id, draft, message } of kept) {
      const value = draft.was
      if (draft.value === undefined) this.tab(tabOf(id)).set(id, { value, draft, message, status: 'refused' })
      else this.tab(tabOf(id)).set(id, { value, draft, status: 'waiting' })
    }
    if (kept.length) this.schedule(PAUSE)
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer)
    if (this.stopped) return
    this.timer = setTimeout(() => void this.flush(), delay)
  }

  private drafted(): { id: string; store: TabStore; data: CellData & { draft: Draft } }[] {
    const found = []
    for (const store of this.tabs.values()) {
      for (const [id, data] of store.entries()) {
        if (data.draft) found.push({ id, store, data: data as CellData & { draft: Draft } })
      }
    }
    return found
  }

  /** What is typed and can be read, over what the server keeps. */
  private typed(): Map<string, string | null> {
    const drafts = this.drafted().filter(({ data }) => data.draft.value !== undefined)
    return new Map(drafts.map(({ id, data }) => [id, data.draft.value ?? null]))
  }

  private takeWaiting(): Sent[] {
    const waiting = this.drafted()
      .filter(({ data }) => data.status === 'waiting')
      .slice(0, MOST_WRITES)
    for (const { id, store, data } of waiting) store.set(id, { ...data, status: 'saving' })
    return waiting.map(({ id, store, data }) => ({ id, store, draft: data.draft }))
  }

  private async sendBatch(batch: readonly Sent[]): Promise<void> {
    const outcome = await this.send(
      batch.map(({ id, draft: { value, was, reason, pasted } }) => ({
        cell: id,
        value: value ?? null,
        was,
        reason,
        origin: pasted ? 'PASTED' : 'TYPED',
      })),
    )
    this.inFlight = undefined
    if ('problem' in outcome) this.fail(batch, outcome.problem)
    else this.settle(batch, outcome.answer)
    for (const store of new Set(batch.map((sent) => sent.store))) store.changes.emit()
    this.saves.emit()
  }

  /** Without a server or a session the batch waits; any other problem is the batch's own. */
  private fail(batch: readonly Sent[], { code, message }: Problem): void {
    this.offline = code === 'UNREACHABLE'
    const waits = this.offline || code === 'UNAUTHENTICATED'
    for (const sent of batch) this.mark(sent, waits ? { status: 'waiting' } : { status: 'refused', message })
    if (this.offline) this.schedule(RETRY)
  }

  private settle(batch: readonly Sent[], answer: WriteAnswer): void {
    this.offline = false
    const conflicts = new Map(answer.conflicts.map((conflict) => [conflict.cell, conflict]))
    const refused = new Map(answer.refused.map((refusal) => [refusal.cell, refusal.message]))
    const isWritten = conflicts.size + refused.size === 0
    for (const sent of batch) {
      const theirs = conflicts.get(sent.id)
      const message = refused.get(sent.id)
      if (theirs)
        sent.store.markConflict(sent.id, {
          value: theirs.theirs ?? null,
          author: theirs.author ?? null,
          at: theirs.at ?? null,
        })
      else if (message !== undefined) this.mark(sent, { status: 'refused', message })
      else if (isWritten) keep(sent)
      else this.mark(sent, { status: 'waiting' })
    }
    if (isWritten) {
      this.wrote(answer.version)
      const writes = new Map(batch.map(({ id, draft }) => [id, draft.value ?? null]))
      this.overlay.kept(writes, answer.version)
      this.apply(answer.changed)
      this.written += 1
    }
    if (this.drafted().some(({ data }) => data.status === 'waiting')) this.schedule(isWritten ? PAUSE : 0)
  }

  /** Another's write in between is not on screen, and stays to be seen. */
  private wrote(version: number): void {
    this.version = version
    if (this.shown === version - 1) this.shown = version
  }

  /** What became of a cell that is still as it was sent; one typed over meanwhile already waits. */
  private mark({ id, store, draft }: Sent, outcome: Pick<CellData, 'status' | 'message'>): void {
    const data = store.data(id)
    if (data.draft === draft) store.set(id, { ...data, message: undefined, ...outcome })
  }

  private apply(changed: WriteAnswer['changed']): void {
    for (const [id, value] of Object.entries(changed)) {
      const store = this.tabs.get(tabOf(id))
      if (store) store.set(id, { ...store.data(id), value })
    }
    for (const code of new Set(Object.keys(changed).map(tabOf))) this.tabs.get(code)?.changes.emit()
  }
}

function keep({ id, store, draft }: Sent): void {
  const { forced } = store.data(id)
  const value = draft.value ?? null
  if (draft.reason) {
    const automatic = forced ? forced.automatic : draft.was
    store.keep(id, draft, value, { automatic, reason: draft.reason })
  } else if (forced && value === null) store.keep(id, draft, forced.automatic, undefined)
  else store.keep(id, draft, value, undefined)
}
