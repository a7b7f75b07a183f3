import { readEntry } from './entry'
import { formatValue } from './format'
import type { Pack } from '../pack/pack'
import { type GridCell, type GridModel, cellAt, cellOf, layOut } from './gridModel'
import type { Ask, Command } from './keyboard'
import { shownValue } from './model'
import { isEntry, reach } from './navigate'
import { type PasteResult, readBlock, spreadBlock } from './paste'
import type { TabStore } from './tabStore'

/** A forcible cell about to be typed over: it takes a reason. */
export interface Forcing {
  readonly cell: GridCell
  readonly value: string
}

/** What the cells of a tab ask of the screen around them. */
export interface Asked {
  readonly force: (forcing: Forcing) => void
  readonly about: (what: Ask, cell: GridCell) => void
  /** Undoes what the server did last at the user's word; false if he typed since, or there is nothing. */
  readonly undo: () => boolean
}

/** What keys, pastes and clicks do to the cells of one tab. */
export class GridActions {
  constructor(
    readonly store: TabStore,
    readonly model: GridModel,
    private readonly pack: Pack,
    private readonly asked: Asked,
  ) {}

  /** Carries out a command; false leaves the key to the browser. */
  run(command: Command): boolean {
    const active = this.store.activeId
    const cell = cellOf(this.model, active)
    if (!active || !cell) return false
    if (command.do === 'move') return this.move(active, command)
    if (command.do === 'cancel') this.store.activate(active)
    if (command.do === 'edit') this.open(cell, 'edit')
    if (command.do === 'type') return this.open(cell, 'replace', command.text)
    if (command.do === 'clear') this.commit(cell, '')
    if (command.do === 'undo') this.undo()
    if (command.do === 'ask') this.ask(command.what, cell)
    return true
  }

  /** Asks something about a cell; an open field closes first, and what it holds is kept. */
  ask(what: Ask, cell: GridCell): void {
    this.store.activate(cell.id)
    this.asked.about(what, cell)
  }

  /** Opens the editor on a cell that may be typed in. */
  open(cell: GridCell, mode: 'replace' | 'edit', text?: string): boolean {
    const canType = this.store.editable && isEntry(cell)
    this.store.activate(cell.id, canType ? { mode, text } : undefined)
    return canType
  }

  /** Takes what was typed in a cell. */
  commit(cell: GridCell, text: string): void {
    if (!this.store.editable || !isEntry(cell)) return
    const entry = readEntry(cell.unit, text, cell.choices)
    if (!entry.ok) this.store.typeUnreadable(cell.id, text, entry.message)
    else if (cell.kind !== 'F') this.store.type([{ id: cell.id, value: entry.value }])
    else this.commitForcible(cell, entry.value)
  }

  /** Shows what the text of the open editor would change; nothing while it cannot be read. */
  preview(cell: GridCell, text: string | undefined): void {
    const entry = text === undefined ? undefined : readEntry(cell.unit, text, cell.choices)
    this.store.preview(cell.id, entry?.ok ? entry.value : undefined)
  }

  force({ cell, value }: Forcing, reason: string): void {
    this.store.type([{ id: cell.id, value, reason }])
  }

  /** Pastes a block from the active cell on; what cannot be read stays in its cell, refused. */
  paste(text: string): PasteResult | undefined {
    const from = this.store.activeId && this.model.places.get(this.store.activeId)
    if (!from || !this.store.editable) return undefined
    const block = readBlock(text)
    const model = this.grownFor(from[0] + block.length)
    const rows = model.rows.flatMap((row, index) => (index >= from[0] && row.look !== 'title' ? [index] : []))
    const result = spreadBlock(block, (line, column) => {
      const row = rows[line]
      if (row === undefined) return undefined
      const cell = cellAt(model, row, from[1] + column)
      const isOutside = from[1] + column >= model.tab.columns.length
      if (!cell) return isOutside ? undefined : { id: '', unit: 'texte', locked: true }
      return { id: cell.id, unit: cell.unit, choices: cell.choices, locked: cell.kind === 'C' || cell.kind === 'F' }
    })
    this.store.type(result.writes.map((write) => ({ ...write, pasted: true })))
    for (const { id, text: wrong, message } of result.unreadable) this.store.typeUnreadable(id, wrong, message)
    return result
  }

  /** The grid with rows for all that is pasted: a dynamic tab grows, the others are as they are. */
  private grownFor(count: number): GridModel {
    const { model, store } = this
    if (!model.tab.dynamic || count <= model.rows.length) return model
    store.addRows(count - model.rows.length)
    return layOut(this.pack, model.tab, store.rowKeys)
  }

  /** What a copy of the active cell gives. */
  copied(): string | undefined {
    const cell = cellOf(this.model, this.store.activeId)
    return cell && formatValue(shownValue(this.store.view(cell.id).data), cell.unit)
  }

  private move(active: string, { step, opens }: Extract<Command, { do: 'move' }>): boolean {
    const isTab = step === 'nextEntry' || step === 'previousEntry'
    if (isTab && !this.store.editable) return false
    const to = reach(this.model, active, step)
    const cell = cellOf(this.model, to)
    if (!cell) {
      this.store.activate(active)
      return !isTab
    }
    if (opens && cell.kind !== 'F') this.open(cell, 'replace')
    else this.store.activate(cell.id)
    return true
  }

  private commitForcible(cell: GridCell, value: string | null): void {
    const { data } = this.store.view(cell.id)
    if (value === shownValue(data)) return
    if (value !== null) this.asked.force({ cell, value })
    else if (data.forced || data.draft) this.store.type([{ id: cell.id, value: null }])
  }

  private undo(): void {
    if (this.asked.undo()) return
    const [first] = this.store.undo()
    if (first) this.store.activate(first)
  }
}
