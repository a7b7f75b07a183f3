import { Emitter } from './emitter'
import {
  BLANK,
  type CellData,
  type CellView,
  type Draft,
  type Editing,
  type Forced,
  type Theirs,
  shownValue,
} from './model'
import type { Previous } from './previous'
import { freshRowKeys, rowKeyOf } from './rowKeys'

/** A tab as the server sends it. */
export interface TabContent {
  readonly values: Readonly<Record<string, string>>
  readonly forced: Readonly<Record<string, { readonly automatic: string | null; readonly reason: string }>>
  readonly rows: readonly { readonly key: string; readonly values: Readonly<Record<string, string>> }[]
  readonly editable: boolean
}

export interface Change {
  readonly id: string
  readonly value: string | null
  readonly reason?: string
  readonly pasted?: boolean
}

/** What a tab tells the dossier it belongs to, and asks of it. */
export interface TabHost {
  readonly onTyped: () => void
  readonly onPreview: (id: string, value: string | null | undefined) => void
  readonly localOf: (id: string) => string | null | undefined
}

/** The cells of one tab: what the server keeps, what was typed since, which cell is active. */
export class TabStore {
  loaded = false
  editable = false
  /** Whether the active cell should take the keyboard: not when a tab merely opens. */
  wantsFocus = false
  rowKeys: readonly string[] = []
  /** Last year's values, while they are asked for. */
  previous: ReadonlyMap<string, Previous> | undefined
  readonly changes = new Emitter()
  private readonly cells = new Map<string, CellData>()
  private readonly views = new Map<string, CellView>()
  private readonly perCell = new Map<string, Emitter>()
  private active: string | undefined
  private calls = 0
  private editing: Editing | undefined
  private readonly undoable: Change[][] = []
  private keptKeys: ReadonlySet<string> = new Set()

  constructor(
    readonly code: string,
    private readonly host: TabHost,
  ) {}

  /** Takes what the server keeps; a cell with a draft keeps its draft, and what its author saw. */
  load(content: TabContent): void {
    const incoming = new Map<string, CellData>()
    for (const [place, value] of Object.entries(content.values)) this.lay(incoming, `${this.code}.${place}`, value)
    for (const [place, forced] of Object.entries(content.forced)) {
      const id = `${this.code}.${place}`
      incoming.set(id, {
        ...(incoming.get(id) ?? BLANK),
        forced: { automatic: forced.automatic, reason: forced.reason },
      })
    }
    for (const row of content.rows) {
      for (const [column, value] of Object.entries(row.values)) this.lay(incoming, this.rowCell(row.key, column), value)
    }
    this.editable = content.editable
    this.keptKeys = new Set(content.rows.map((row) => row.key))
    this.rowKeys = this.withDraftRows([...this.keptKeys])
    this.loaded = true
    for (const id of new Set([...this.cells.keys(), ...incoming.keys()])) this.replace(id, incoming.get(id) ?? BLANK)
    this.changes.emit()
  }

  rowCell(key: string, column: string): string {
    return `${this.code}[${key}].${column}`
  }

  /** Adds blank rows; each exists for the server once something is written in it. Returns their keys. */
  addRows(count: number): readonly string[] {
    const added = freshRowKeys(this.rowKeys, count)
    this.rowKeys = [...this.rowKeys, ...added]
    this.changes.emit()
    return added
  }

  /** Whether the server has the row; one that it has not goes by `dropRow` alone. */
  isKeptRow(key: string): boolean {
    if (this.keptKeys.has(key)) return true
    for (const [id, { value }] of this.cells) if (value !== null && rowKeyOf(id) === key) return true
    return false
  }

  /** Takes a row off the screen, with what was typed in it. */
  dropRow(key: string): void {
    this.rowKeys = this.rowKeys.filter((each) => each !== key)
    const isOf = (id: string) => rowKeyOf(id) === key
    for (const id of this.cells.keys()) if (isOf(id)) this.cells.delete(id)
    this.undoable.splice(0, Infinity, ...this.undoable.filter((changes) => !changes.some(({ id }) => isOf(id))))
    this.changes.emit()
  }

  /** Shows last year's values beside this year's; undefined takes them away. */
  showPrevious(previous: ReadonlyMap<string, Previous> | undefined): void {
    if (previous === this.previous) return
    this.previous = previous
    // Drawing a cell lays its view anew: the list is taken first.
    const drawn = [...this.views.keys()]
    for (const id of drawn) this.refresh(id)
    this.changes.emit()
  }

  data(id: string): CellData {
    return this.cells.get(id) ?? BLANK
  }

  entries(): IterableIterator<[string, CellData]> {
    return this.cells.entries()
  }

  view = (id: string): CellView => {
    const known = this.views.get(id)
    if (known) return known
    const local = this.host.localOf(id)
    const view = {
      data: local === undefined ? this.data(id) : { ...this.data(id), local },
      active: this.active === id,
      called: this.active === id ? this.calls : 0,
      editing: this.editing?.id === id ? this.editing : undefined,
      previous: this.previous?.get(id),
    }
    this.views.set(id, view)
    return view
  }

  subscribe(id: string, listener: () => void): () => void {
    let emitter = this.perCell.get(id)
    if (!emitter) this.perCell.set(id, (emitter = new Emitter()))
    return emitter.subscribe(listener)
  }

  /** Types values in cells, as one action to undo. */
  type(changes: readonly Change[]): void {
    const real = changes.filter(
      ({ id, value, reason }) => shownValue(this.data(id)) !== value || reason || this.data(id).draft,
    )
    if (!real.length) return
    this.undoable.push(real.map((change) => this.beforeOf(change)))
    this.draft(real)
  }

  /** Keeps a text that cannot be read, with the reason, until its author corrects it. */
  typeUnreadable(id: string, text: string, message: string): void {
    const { value, forced } = this.data(id)
    this.set(id, { value, forced, status: 'refused', message, draft: { text, value: undefined, was: value } })
    this.changes.emit()
  }

  /** Undoes the last action; false when there is none. */
  undo(): readonly string[] {
    const last = this.undoable.pop()
    if (last) this.draft(last)
    return (last ?? []).map(({ id }) => id)
  }

  get canUndo(): boolean {
    return this.undoable.length > 0
  }

  /** Ends a conflict: the other's value, or one's own over it. */
  settle(id: string, choice: 'mine' | 'theirs'): void {
    const { draft, theirs, forced } = this.data(id)
    if (!draft || !theirs) return
    if (choice === 'theirs') this.set(id, { value: theirs.value, status: 'idle', forced })
    else this.set(id, { value: theirs.value, status: 'waiting', forced, draft: { ...draft, was: theirs.value } })
    this.changes.emit()
    if (choice === 'mine') this.host.onTyped()
  }

  /** Gives up what was typed in a cell. */
  discard(id: string): void {
    const { value, forced } = this.data(id)
    this.set(id, { value, forced, status: 'idle' })
    this.changes.emit()
  }

  activate(id: string | undefined, editing?: Omit<Editing, 'id'>): void {
    const before = [this.active, this.editing?.id]
    this.active = id
    this.editing = id && editing ? { ...editing, id } : undefined
    for (const touched of new Set([...before, id])) if (touched) this.refresh(touched)
    this.changes.emit()
  }

  /** Makes a cell active and calls the keyboard to it, even where it was the active one already. */
  goTo(id: string | undefined): void {
    this.wantsFocus = true
    this.calls += 1
    this.activate(id)
  }

  get activeId(): string | undefined {
    return this.active
  }

  get isEditing(): boolean {
    return this.editing !== undefined
  }

  /** What the open editor holds, for the cells that depend on it; undefined once it closes. */
  preview(id: string, value: string | null | undefined): void {
    this.host.onPreview(id, value)
  }

  /** Replaces a cell's data, whoever decided it; the caller emits `changes`. */
  set(id: string, data: CellData): void {
    this.cells.set(id, data)
    this.refresh(id)
  }

  markConflict(id: string, theirs: Theirs): void {
    this.set(id, { ...this.data(id), status: 'conflict', theirs, message: undefined })
  }

  /** Takes the outcome of a write: what was sent is now kept, unless it was typed over meanwhile. */
  keep(id: string, sent: Draft, kept: string | null, forced: Forced | undefined): void {
    const { draft, status } = this.data(id)
    const again = draft && draft !== sent ? { draft: { ...draft, was: kept }, status } : { status: 'saved' as const }
    this.set(id, { value: kept, forced, ...again })
  }

  private draft(changes: readonly Change[]): void {
    for (const { id, value, reason, pasted } of changes) {
      const { value: kept, forced, draft, status } = this.data(id)
      const isSending = status === 'saving'
      if (value === kept && !reason && !isSending) this.set(id, { value: kept, forced, status: 'idle' })
      else
        this.set(id, {
          value: kept,
          forced,
          status: 'waiting',
          draft: { text: '', value, was: draft ? draft.was : kept, reason, pasted },
        })
    }
    this.changes.emit()
    this.host.onTyped()
  }

  /** What undoes a change; a cell forced for the first time goes back to its formula. */
  private beforeOf({ id, reason }: Change): Change {
    const data = this.data(id)
    if (reason && !data.forced) return { id, value: null }
    return { id, value: shownValue(data), reason: data.forced?.reason }
  }

  private lay(into: Map<string, CellData>, id: string, value: string): void {
    into.set(id, { ...(into.get(id) ?? BLANK), value })
  }

  private replace(id: string, incoming: CellData): void {
    const { draft, status, message, theirs } = this.data(id)
    this.set(id, draft ? { ...incoming, draft, status, message, theirs } : incoming)
  }

  private withDraftRows(keys: readonly string[]): readonly string[] {
    const rows = new Set(keys)
    for (const [id, { draft }] of this.cells) {
      const key = draft && rowKeyOf(id)
      if (key) rows.add(key)
    }
    return [...rows]
  }

  /** Draws a cell again: something in it changed. */
  refresh(id: string): void {
    this.views.delete(id)
    this.perCell.get(id)?.emit()
  }
}
